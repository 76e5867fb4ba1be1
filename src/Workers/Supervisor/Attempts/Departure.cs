namespace Ptune.Supervisor.Attempts;

/// <summary>How a worker's leaving reaches its attempts.</summary>
/// <param name="Asked">Checkpoint, stop and give the lease back.</param>
/// <param name="Due">No more time for that: give the lease back as it is.</param>
internal sealed record Departure(CancellationToken Asked, CancellationToken Due);
