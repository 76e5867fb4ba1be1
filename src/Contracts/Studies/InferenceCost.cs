namespace Ptune.Contracts.Studies;

/// <summary>Time of inference relative to the bare target's, medians of interleaved runs in one process.</summary>
[GenerateSerializer, Alias("ptune.InferenceCost")]
public sealed record InferenceCost(double Ported, double Eft);
