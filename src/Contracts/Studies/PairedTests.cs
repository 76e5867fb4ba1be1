namespace Ptune.Contracts.Studies;

/// <summary>McNemar's test of ported against two rivals, one for each seed.</summary>
[GenerateSerializer, Alias("ptune.PairedTests")]
public sealed record PairedTests(McNemar[] VsBare, McNemar[] VsRewardAlone);
