namespace Ptune.Contracts.Studies;

/// <summary>A weight of what is carried, and what it gives on the validation split by one task.</summary>
[GenerateSerializer, Alias("ptune.StudyFrontPoint")]
public sealed record StudyFrontPoint
{
    /// <summary>The model that something was learnt on; null: the target alone.</summary>
    [Id(0)] public string? Source { get; init; }

    [Id(1)] public required string Target { get; init; }

    [Id(2)] public required string Method { get; init; }

    /// <summary>0 is the target alone.</summary>
    [Id(3)] public required double Weight { get; init; }

    [Id(4)] public required string Task { get; init; }

    [Id(5)] public required string Metric { get; init; }

    [Id(6)] public required double Mean { get; init; }

    /// <summary>The sample standard deviation over the seeds; null for one value.</summary>
    [Id(7)] public double? Sd { get; init; }

    [Id(8)] public required double[] Values { get; init; }

    /// <summary>KL(carried target || bare target) on the probe, in nats a token, of the first seed; null without a probe.</summary>
    [Id(9)] public double? KlMoved { get; init; }
}
