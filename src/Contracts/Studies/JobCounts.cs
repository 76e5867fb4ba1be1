namespace Ptune.Contracts.Studies;

/// <summary>How many of a study's jobs were computed, and how many results were in the store already.</summary>
[GenerateSerializer, Alias("ptune.JobCounts")]
public sealed record JobCounts(int Computed, int Reused);
