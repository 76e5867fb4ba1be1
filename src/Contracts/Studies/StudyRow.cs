namespace Ptune.Contracts.Studies;

/// <summary>One figure of a comparison: a method on a target by a task. What was not measured is null.</summary>
[GenerateSerializer, Alias("ptune.StudyRow")]
public sealed record StudyRow
{
    /// <summary>The model that something was learnt on; null: nothing was learnt elsewhere.</summary>
    [Id(0)] public string? Source { get; init; }

    /// <summary>Digest of what was learnt, of the first seed; null: nothing was.</summary>
    [Id(1)] public string? Artifact { get; init; }

    /// <summary>The model that answers.</summary>
    [Id(2)] public required string Target { get; init; }

    [Id(3)] public required string Method { get; init; }

    [Id(4)] public required string Task { get; init; }

    /// <summary>The name of the figure, such as accuracy or bitsPerByte.</summary>
    [Id(5)] public required string Metric { get; init; }

    /// <summary>Over the seeds.</summary>
    [Id(6)] public required double Mean { get; init; }

    /// <summary>The sample standard deviation over the seeds; null for one value.</summary>
    [Id(7)] public double? Sd { get; init; }

    /// <summary>Examples that each value is over.</summary>
    [Id(8)] public long? N { get; init; }

    /// <summary>One for each seed in order; one alone where the method has no seeds.</summary>
    [Id(9)] public required double[] Values { get; init; }

    [Id(10)] public RowCost? Cost { get; init; }

    /// <summary>Of language models: against the bare target on the same examples, one for each seed; null where there is none to compare with.</summary>
    [Id(11)] public StudyPaired[]? Paired { get; init; }
}
