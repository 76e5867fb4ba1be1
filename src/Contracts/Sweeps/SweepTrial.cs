using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Sweeps;

/// <summary>A trial of a sweep.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Values">Path in the job to the value that was tried there.</param>
/// <param name="Status">Where its last rung stands: Running, Succeeded, Failed or Cancelled.</param>
/// <param name="Epochs">The most epochs that it was measured at; 0 before any.</param>
/// <param name="Objective">The figure at those epochs, a fraction between 0 and 1.</param>
/// <param name="Message">Why it failed.</param>
/// <param name="Rungs">Each training of it, the fewest epochs first; one where nothing stops early.</param>
[GenerateSerializer, Alias("ptune.SweepTrial")]
public sealed record SweepTrial(
    int Number, Dictionary<string, SweepValue> Values, JobStatus Status, int Epochs, double? Objective, string? Message, SweepRung[] Rungs);
