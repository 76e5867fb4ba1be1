namespace Ptune.Contracts.Studies;

/// <summary>How many of a study's jobs were computed, and how many stood in the store.</summary>
[GenerateSerializer, Alias("ptune.JobCounts")]
public sealed record JobCounts(int Computed, int Reused);
