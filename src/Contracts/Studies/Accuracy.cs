namespace Ptune.Contracts.Studies;

/// <summary>An accuracy over seeds: the mean, the sample standard deviation (0 for one seed), and the value of each seed in order.</summary>
[GenerateSerializer, Alias("ptune.Accuracy")]
public sealed record Accuracy(double Mean, double Sd, double[] Values)
{
    public static Accuracy Of(double[] values)
    {
        var mean = values.Average();
        var sd = values.Length < 2 ? 0 : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
        return new Accuracy(mean, sd, values);
    }
}
