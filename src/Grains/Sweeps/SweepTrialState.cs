using Ptune.Contracts.Specs;

namespace Ptune.Grains.Sweeps;

/// <summary>A trial as it is stored. Its values are kept, so that another version of the code goes on with the same.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Rungs">Each rung that it was sent to, the lowest first.</param>
[GenerateSerializer, Alias("ptune.SweepTrialState")]
public sealed record SweepTrialState(int Number, Dictionary<string, SweepValue> Values, SweepRungState[] Rungs);
