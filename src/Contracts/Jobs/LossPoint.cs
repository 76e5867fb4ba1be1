namespace Ptune.Contracts.Jobs;

/// <summary>The mean training loss (nats) of the steps up to <paramref name="Step"/>.</summary>
[GenerateSerializer, Alias("ptune.LossPoint")]
public readonly record struct LossPoint(long Step, double Loss);
