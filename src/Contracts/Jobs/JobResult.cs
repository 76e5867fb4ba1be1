namespace Ptune.Contracts.Jobs;

/// <summary>What a job made.</summary>
[GenerateSerializer, Alias("ptune.JobResult")]
public sealed record JobResult
{
    /// <summary>Digest of the artifact's manifest.</summary>
    [Id(0)] public required string Artifact { get; init; }

    /// <summary>Figures that equal work always reproduces (they are in the manifest, too).</summary>
    [Id(1)] public required Dictionary<string, double> Metrics { get; init; }

    /// <summary>Figures that were measured once: times and ratios of times. They do not belong to the artifact.</summary>
    [Id(2)] public required Dictionary<string, double> Measurements { get; init; }

    /// <summary>The training loss over the steps.</summary>
    [Id(3)] public required LossPoint[] Curve { get; init; }

    [Id(4)] public required ExecutionEnvironment Environment { get; init; }

    /// <summary>Seconds of the last attempt's work.</summary>
    [Id(5)] public required double Seconds { get; init; }

    /// <summary>True when an attempt went on from a checkpoint of another environment: the bytes may then differ from an uninterrupted run's.</summary>
    [Id(6)] public bool ResumedElsewhere { get; init; }

    /// <summary>Facts of the manifest that readers need at once, such as digests of the splits' index files.</summary>
    [Id(7)] public Dictionary<string, string> Attributes { get; init; } = [];

    [Id(8)] public long ArtifactBytes { get; init; }

    [Id(9)] public string? OutputSpace { get; init; }

    [Id(10)] public Specs.ArtifactKind Kind { get; init; }
}
