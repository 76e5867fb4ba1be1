namespace Ptune.Contracts.Jobs;

/// <summary>A lease given back, with the last checkpoint where one was stored.</summary>
/// <param name="Undelivered">
/// The pool takes back a lease of which the worker has never heard: the request that it was granted to. Refused when it has been delivered to a later one, or the worker has been heard
/// of. Null: the worker itself gives it back.
/// </param>
[GenerateSerializer, Immutable, Alias("ptune.AttemptRelease")]
public sealed record AttemptRelease(string WorkerId, long Epoch, StoredCheckpoint? Checkpoint, string Why, SlotRequest? Undelivered = null);
