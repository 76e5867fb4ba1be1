using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Workers;
using Ptune.Grains.Pools.Running;

namespace Ptune.Grains.Pools.Policies;

/// <summary>A place for a job: a worker's device, what it has, and what it was told to do.</summary>
/// <param name="Seat">The worker and its device.</param>
/// <param name="MemoryGiB">All the memory of the device; null: not known.</param>
/// <param name="UsedGiB">What the jobs on it asked for or are likely to take.</param>
/// <param name="Labels">What its operator says of it.</param>
/// <param name="Warm">Digests of the artifacts in its cache.</param>
/// <param name="Order">What it was told to do.</param>
/// <param name="Free">How many of the worker's executors have nothing to do, the one that asks among them.</param>
internal sealed record Candidate(
    Seat Seat, double? MemoryGiB, double UsedGiB, IReadOnlyDictionary<string, string> Labels, string[] Warm, WorkerOrder Order, int Free = 1)
{
    private static readonly Dictionary<string, string> _none = [];

    public DeviceKind? Device { get; } = KindOf(Seat.Device);

    public static Candidate Of(AcquireRequest request, WorkerOrder order, double usedGiB, int free) =>
        new(new Seat(request.WorkerId, request.Device), request.MemoryGiB, usedGiB, request.Labels ?? _none, request.WarmModels, order, free);

    /// <summary>A worker as it reported itself: one device of its kind.</summary>
    public static Candidate Of(WorkerView worker, double usedGiB) =>
        new(new Seat(worker.WorkerId, worker.Report.Device), worker.Report.MemoryGiB, usedGiB, worker.Report.Labels ?? _none, [], worker.Order);

    private static DeviceKind? KindOf(string? device)
    {
        if (device is null) return null;
        var end = device.IndexOf(':', StringComparison.Ordinal);
        return Enum.TryParse<DeviceKind>(end < 0 ? device : device[..end], ignoreCase: true, out var kind) ? kind : null;
    }
}
