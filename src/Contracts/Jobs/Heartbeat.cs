namespace Ptune.Contracts.Jobs;

/// <summary>A sign of life of one attempt.</summary>
/// <param name="Checkpoint">The newest stored checkpoint, or null when there is no new one.</param>
/// <param name="Note">What the timeline should say of the attempt; null: nothing. The same again is said once.</param>
[GenerateSerializer, Immutable, Alias("ptune.Heartbeat")]
public sealed record Heartbeat(string WorkerId, long Epoch, JobProgress? Progress, StoredCheckpoint? Checkpoint, string? Note = null);
