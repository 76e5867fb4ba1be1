namespace Ptune.Storage.Collecting;

/// <summary>How a store is cleaned.</summary>
/// <param name="Grace">What was written or renewed since then stays: somebody may be about to use it.</param>
/// <param name="IsDryRun">Nothing is removed; the answer is what would be.</param>
/// <param name="NeededUploads">The SHA-256 digests, in hexadecimal digits, of the uploads that jobs still need.</param>
/// <param name="AreCheckpointsNeeded">Whether a job, named by its id, may go on from its checkpoints.</param>
public sealed record CollectionRequest(
    TimeSpan Grace, bool IsDryRun, Func<CancellationToken, Task<IReadOnlySet<string>>> NeededUploads, Func<string, CancellationToken, Task<bool>> AreCheckpointsNeeded);
