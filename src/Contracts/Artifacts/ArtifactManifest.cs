using System.Globalization;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Artifacts;

/// <summary>
/// What an artifact is made of and where it comes from. Its JSON is the artifact: the digest of that text is the artifact's digest. It holds
/// nothing that differs between two runs of equal work: no times, no hosts.
/// </summary>
[GenerateSerializer, Alias("ptune.ArtifactManifest")]
public sealed record ArtifactManifest
{
    [Id(0)] public int SchemaVersion { get; init; } = 1;

    [Id(1)] public required ArtifactKind Kind { get; init; }

    /// <summary>The job that made it.</summary>
    [Id(2)] public required string JobId { get; init; }

    /// <summary>The files, in ordinal order of their paths.</summary>
    [Id(3)] public required ArtifactFile[] Files { get; init; }

    /// <summary>Fingerprint of the output space (<see cref="Identity.OutputSpace"/>), of a model, reward or scores.</summary>
    [Id(4)] public string? OutputSpace { get; init; }

    /// <summary>The labels' names in order, where the output space is one of labels.</summary>
    [Id(5)] public string[]? Labels { get; init; }

    /// <summary>Digest of the examples that it was trained on or made from.</summary>
    [Id(6)] public string? Data { get; init; }

    /// <summary>Lineage: the digests of the job's inputs by role.</summary>
    [Id(7)] public Dictionary<string, string> Inputs { get; init; } = [];

    /// <summary>The job's spec, defaults filled in.</summary>
    [Id(8)] public required JobSpec Recipe { get; init; }

    /// <summary>Figures that equal work always reproduces (<see cref="MetricNames"/>).</summary>
    [Id(9)] public Dictionary<string, double> Metrics { get; init; } = [];

    /// <summary>Further facts, such as the digests of the split's index files.</summary>
    [Id(10)] public Dictionary<string, string> Attributes { get; init; } = [];

    /// <summary>How many tokens a language model reads at once; null for everything else.</summary>
    public int? Context() => int.TryParse(Attributes.GetValueOrDefault(AttributeNames.Context), NumberStyles.None, CultureInfo.InvariantCulture, out var context) ? context : null;
}
