using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Protocol;

/// <summary>An artifact before it is stored.</summary>
public sealed record ArtifactDraft
{
    public required ArtifactKind Kind { get; init; }

    /// <summary>The folder of its files; null where it has none.</summary>
    public string? Folder { get; init; }

    /// <summary>Fingerprint of the output space, of a model, reward or scores.</summary>
    public string? OutputSpace { get; init; }

    /// <summary>The labels in order, where the output space is one of labels.</summary>
    public string[]? Labels { get; init; }

    /// <summary>Figures that equal work always reproduces.</summary>
    public required Dictionary<string, double> Metrics { get; init; }

    /// <summary>Figures that were measured once.</summary>
    public required Dictionary<string, double> Measurements { get; init; }

    /// <summary>The training loss over the steps.</summary>
    public required LossPoint[] Curve { get; init; }

    /// <summary>Fingerprints and further facts (<see cref="Contracts.Artifacts.AttributeNames"/>).</summary>
    public required Dictionary<string, string> Attributes { get; init; }

    public required ExecutionEnvironment Environment { get; init; }

    /// <summary>It went on from a checkpoint of another environment.</summary>
    public bool ResumedElsewhere { get; init; }
}
