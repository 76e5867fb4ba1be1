namespace Ptune.Contracts.Jobs;

/// <summary>A heartbeat of one attempt.</summary>
/// <param name="Checkpoint">The newest stored checkpoint, or null when there is no new one.</param>
/// <param name="Note">What to add to the timeline about the attempt; null: nothing. A repeated note is added once.</param>
[GenerateSerializer, Immutable, Alias("ptune.Heartbeat")]
public sealed record Heartbeat(string WorkerId, long Epoch, JobProgress? Progress, StoredCheckpoint? Checkpoint, string? Note = null);
