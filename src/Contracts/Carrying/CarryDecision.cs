namespace Ptune.Contracts.Carrying;

/// <summary>A verdict with its reasons, the decisive ones first.</summary>
public sealed record CarryDecision(CarryVerdict Verdict, IReadOnlyList<string> Reasons);
