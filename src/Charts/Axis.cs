
namespace Ptune.Charts;

/// <summary>A linear axis with round ticks. It maps <paramref name="Low"/>..<paramref name="High"/> to pixels.</summary>
public sealed record Axis(double Low, double High, double Step, double From, double To)
{
    /// <param name="low">The least value to show.</param>
    /// <param name="high">The greatest value to show.</param>
    /// <param name="from">The pixel of the low end.</param>
    /// <param name="to">The pixel of the high end.</param>
    /// <param name="ticks">About so many ticks.</param>
    /// <param name="round">End on a tick above the greatest value, not at it.</param>
    public static Axis Around(double low, double high, double from, double to, int ticks = 5, bool round = true)
    {
        if (!(high > low)) high = low + 1;
        var rough = (high - low) / ticks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = new[] { 1.0, 2.0, 2.5, 5.0, 10.0 }.First(f => f * power >= rough * 0.999) * power;
        return new Axis(Math.Floor((low / step) + 1e-9) * step, round ? Math.Ceiling((high / step) - 1e-9) * step : high, step, from, to);
    }

    public double At(double value) => From + ((Math.Clamp(value, Low, High) - Low) / (High - Low) * (To - From));

    public IEnumerable<double> Ticks()
    {
        var count = (int)Math.Floor(((High - Low) / Step) + 1e-9);
        for (var i = 0; i <= count; i++) yield return Low + (i * Step);
    }

    /// <summary>A tick's value with as many decimals as tell it from its neighbours.</summary>
    public string Label(double value)
    {
        // Ticks are multiples of the step, so what is left of rounding is nothing.
        if (Math.Abs(value) < Step / 1000) return "0";
        if (Step is < 1e-4 or >= 1e6) return Words.Number(value, "0.##e0");
        var decimals = Enumerable.Range(0, 6).First(d => d == 5 || Math.Abs((Step * Math.Pow(10, d)) - Math.Round(Step * Math.Pow(10, d))) < 1e-6);
        return Words.Number(value, decimals == 0 ? "#,0" : "0." + new string('0', decimals));
    }
}
