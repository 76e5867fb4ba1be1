namespace Ptune.Contracts.Carrying;

/// <summary>What a verdict rests on.</summary>
public sealed record CarryFigures
{
    /// <summary>The target without and with the artifact, on the probe.</summary>
    public required CarryComparison Probe { get; init; }

    /// <summary>The artifact's own source without and with it, on the probe.</summary>
    public required CarryComparison Own { get; init; }

    /// <summary>The target without and with the artifact, on general data; null: not measured.</summary>
    public CarryComparison? General { get; init; }

    /// <summary>Null: there is nothing to estimate from.</summary>
    public RetrainingEstimate? Retraining { get; init; }
}
