using Ptune.Contracts.Jobs;

namespace Ptune.Contracts.Sweeps;

/// <summary>A trial trained for so many epochs, from the start.</summary>
/// <param name="Status">Running, Succeeded, Failed or Cancelled.</param>
/// <param name="Objective">A fraction between 0 and 1; null until it was measured.</param>
/// <param name="Jobs">Ids of its jobs, the last one's result holds the objective.</param>
[GenerateSerializer, Alias("ptune.SweepRung")]
public sealed record SweepRung(int Epochs, JobStatus Status, double? Objective, string[] Jobs);
