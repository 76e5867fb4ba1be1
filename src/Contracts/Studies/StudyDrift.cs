namespace Ptune.Contracts.Studies;

/// <summary>What a method gains over the bare model along a chain of updates, by one task. A gain is an improvement, whichever way the task counts.</summary>
[GenerateSerializer, Alias("ptune.StudyDrift")]
public sealed record StudyDrift
{
    /// <summary>The model that something was learnt on, at the beginning of the chain.</summary>
    [Id(0)] public required string Source { get; init; }

    [Id(1)] public required string Method { get; init; }

    [Id(2)] public required string Task { get; init; }

    /// <summary>The models of the chain that it was measured on, in order.</summary>
    [Id(3)] public required string[] Models { get; init; }

    /// <summary>How many updates each of them is away from the source.</summary>
    [Id(4)] public required int[] Updates { get; init; }

    /// <summary>The mean gain on each.</summary>
    [Id(5)] public required double[] Gains { get; init; }

    /// <summary>The change of the gain with each update, by least squares, the mean over the seeds; null for fewer than two models.</summary>
    [Id(6)] public double? Slope { get; init; }

    /// <summary>The sample standard deviation of the seeds' slopes; null for one seed.</summary>
    [Id(7)] public double? SlopeSd { get; init; }
}
