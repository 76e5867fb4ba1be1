namespace Ptune.Contracts.Studies;

/// <summary>McNemar's paired test.</summary>
/// <param name="Gained">Examples that only the port gets right.</param>
/// <param name="Lost">Examples that only the rival gets right.</param>
/// <param name="P">Two-sided p-value.</param>
[GenerateSerializer, Alias("ptune.McNemar")]
public sealed record McNemar(long Gained, long Lost, double P);
