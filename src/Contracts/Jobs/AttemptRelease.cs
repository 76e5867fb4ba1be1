namespace Ptune.Contracts.Jobs;

/// <summary>A lease given back, with the last checkpoint where one was stored.</summary>
[GenerateSerializer, Immutable, Alias("ptune.AttemptRelease")]
public sealed record AttemptRelease(string WorkerId, long Epoch, StoredCheckpoint? Checkpoint, string Why);
