namespace Ptune.Grains.Sweeps;

/// <summary>A trial's training for so many epochs, as it is stored. How it stands is read from the cells of its jobs.</summary>
/// <param name="Jobs">The ids of its chain, in their order.</param>
[GenerateSerializer, Alias("ptune.SweepRungState")]
public sealed record SweepRungState(int Epochs, string[] Jobs);
