namespace Ptune.Contracts.Studies;

/// <summary>A method against the bare target on the same examples, of one seed. What does not apply to the task is null.</summary>
[GenerateSerializer, Alias("ptune.StudyPaired")]
public sealed record StudyPaired
{
    /// <summary>The method's figure less the bare target's.</summary>
    [Id(0)] public required double Difference { get; init; }

    /// <summary>Of bits per byte: where the difference lies in 95 of 100 draws of texts (paired bootstrap, percentiles).</summary>
    [Id(1)] public double? Low { get; init; }

    /// <inheritdoc cref="Low"/>
    [Id(2)] public double? High { get; init; }

    /// <summary>Of right and wrong: examples that only the method gets right.</summary>
    [Id(3)] public long? Gained { get; init; }

    /// <summary>Of right and wrong: negative flips, examples that only the bare target gets right (arXiv 2407.09435).</summary>
    [Id(4)] public long? NegativeFlips { get; init; }

    /// <summary>Of right and wrong: two-sided p of McNemar's exact test.</summary>
    [Id(5)] public double? P { get; init; }
}
