using System.Numerics;

namespace Ptune.Templates.Values;

/// <summary>Python's range, of at most <see cref="Longest"/> numbers, as its sandbox bounds it.</summary>
internal sealed class RangeValue
{
    public const int Longest = 100_000;

    private RangeValue(BigInteger start, BigInteger stop, BigInteger step, int count)
    {
        Start = start;
        Stop = stop;
        Step = step;
        Count = count;
    }

    public BigInteger Start { get; }

    public BigInteger Stop { get; }

    public BigInteger Step { get; }

    public int Count { get; }

    public object? this[int index] => Start + (index * Step);

    /// <exception cref="TemplateException">The step is 0, or it is too long.</exception>
    public static RangeValue Create(BigInteger start, BigInteger stop, BigInteger step)
    {
        if (step.IsZero) throw TemplateException.Type("range() arg 3 must not be zero.");
        var distance = step.Sign > 0 ? stop - start : start - stop;
        var count = distance.Sign <= 0 ? BigInteger.Zero : ((distance - 1) / BigInteger.Abs(step)) + 1;
        if (count > Longest) throw new TemplateException(TemplateFault.Limit, $"range() of {(count > ulong.MaxValue ? "very many" : count)} numbers; at most {Longest:N0} are allowed.");
        return new RangeValue(start, stop, step, (int)count);
    }

    public IEnumerable<object?> Items() => Enumerable.Range(0, Count).Select(i => this[i]);
}
