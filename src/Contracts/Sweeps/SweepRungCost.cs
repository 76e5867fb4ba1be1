namespace Ptune.Contracts.Sweeps;

/// <summary>What a rung of a sweep with early stopping may take at most, from the second rung on.</summary>
/// <param name="Most">How many trials can be promoted to it.</param>
/// <param name="Seconds">The device time of each job of the costliest trial's chain there; 0 where it is not known.</param>
[GenerateSerializer, Immutable, Alias("ptune.SweepRungCost")]
public sealed record SweepRungCost(int Most, double[] Seconds);
