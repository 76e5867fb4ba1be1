namespace Ptune.Supervisor.Attempts;

/// <summary>How a worker's shutdown reaches its attempts.</summary>
/// <param name="Requested">Write a checkpoint, stop and release the lease.</param>
/// <param name="Deadline">No time left for that: release the lease as it is.</param>
internal sealed record Shutdown(CancellationToken Requested, CancellationToken Deadline);
