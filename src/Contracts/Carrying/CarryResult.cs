namespace Ptune.Contracts.Carrying;

/// <summary>What <c>ptune carry</c> found: its output as JSON.</summary>
public sealed record CarryResult
{
    /// <summary>As the user named it.</summary>
    public required string Artifact { get; init; }

    public required string ArtifactDigest { get; init; }

    /// <summary>patch or reward.</summary>
    public required string Kind { get; init; }

    /// <summary>The digest of the model that it was tuned on.</summary>
    public required string Source { get; init; }

    public required string SourceLicence { get; init; }

    /// <summary>As the user named it.</summary>
    public required string Target { get; init; }

    public required string TargetDigest { get; init; }

    public required string TargetLicence { get; init; }

    /// <summary>Null for a patch.</summary>
    public double? Weight { get; init; }

    public required CarryRisk Risk { get; init; }

    public required CarryComparison Probe { get; init; }

    /// <summary>The artifact on its own source, on the same probe.</summary>
    public required CarryComparison Own { get; init; }

    /// <summary>Null: not measured.</summary>
    public CarryComparison? General { get; init; }

    /// <summary>Null: there is nothing to estimate from.</summary>
    public RetrainingEstimate? Retraining { get; init; }

    /// <summary>Probe examples that the artifact was tuned on; null: not counted.</summary>
    public long? Overlap { get; init; }

    public required CarryVerdict Verdict { get; init; }

    public required IReadOnlyList<string> Reasons { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The name under which it was published; null: it was not.</summary>
    public string? Saved { get; init; }

    /// <summary>The digest that the name stands for.</summary>
    public string? SavedDigest { get; init; }

    /// <summary>The ids of the jobs that measured.</summary>
    public required IReadOnlyList<string> Jobs { get; init; }
}
