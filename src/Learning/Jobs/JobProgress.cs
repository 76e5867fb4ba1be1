namespace Ptune.Learning.Jobs;

/// <summary>How far a job is.</summary>
/// <param name="Phase">What it does: "data", "base outputs", "training", "scoring" or "timing".</param>
/// <param name="Step">Steps done of this phase.</param>
/// <param name="TotalSteps">Steps of this phase in all.</param>
/// <param name="Loss">Mean training loss since the last report, in nats; null outside training.</param>
/// <param name="ExamplesPerSecond">The rate since the last report; 0 where there is none yet.</param>
public readonly record struct JobProgress(string Phase, long Step, long TotalSteps, double? Loss, double ExamplesPerSecond);
