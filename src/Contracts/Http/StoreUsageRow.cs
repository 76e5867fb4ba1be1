namespace Ptune.Contracts.Http;

/// <summary>What the things of one kind take in the store.</summary>
/// <param name="Kind">A kind of artifact (<c>model</c>), or one of <see cref="StoreKinds"/>.</param>
/// <param name="Count">How many there are: artifacts, jobs with checkpoints or logs, files.</param>
/// <param name="Bytes">What they take. A file that several artifacts share is counted once, for the oldest of them.</param>
public sealed record StoreUsageRow(string Kind, int Count, long Bytes);
