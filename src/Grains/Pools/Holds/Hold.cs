using Ptune.Grains.Pools.Running;

namespace Ptune.Grains.Pools.Holds;

/// <summary>A worker's device that is kept for a queued job.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Seat">The device.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">When it is given up; a hold is never for ever.</param>
internal sealed record Hold(string JobId, Seat Seat, HoldReason Reason, DateTimeOffset Until);
