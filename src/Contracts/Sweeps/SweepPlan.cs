using Ptune.Contracts.Studies;

namespace Ptune.Contracts.Sweeps;

/// <summary>What of a sweep is known before anything runs: all trials, with early stopping as far as the first rung. Jobs stand after those that they depend on.</summary>
[GenerateSerializer, Alias("ptune.SweepPlan")]
public sealed record SweepPlan(string SweepId, PlannedJob[] Jobs);
