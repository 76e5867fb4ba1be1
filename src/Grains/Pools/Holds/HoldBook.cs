using System.Diagnostics.CodeAnalysis;
using Ptune.Grains.Pools.Running;

namespace Ptune.Grains.Pools.Holds;

/// <summary>Which workers are kept for which jobs: one for a job at most.</summary>
internal sealed class HoldBook
{
    private readonly Dictionary<string, Hold> _byJob = [];
    private readonly Dictionary<string, List<Hold>> _byWorker = [];

    public IEnumerable<Hold> All => _byJob.Values;

    public bool Has(string jobId) => _byJob.ContainsKey(jobId);

    public bool TryFind(string jobId, [NotNullWhen(true)] out Hold? hold) => _byJob.TryGetValue(jobId, out hold);

    public void Add(Hold hold)
    {
        Drop(hold.JobId);
        _byJob.Add(hold.JobId, hold);
        if (!_byWorker.TryGetValue(hold.Seat.WorkerId, out var holds)) _byWorker.Add(hold.Seat.WorkerId, holds = []);
        holds.Add(hold);
    }

    public void Drop(string jobId)
    {
        if (!_byJob.Remove(jobId, out var hold)) return;
        var holds = _byWorker[hold.Seat.WorkerId];
        holds.Remove(hold);
        if (holds.Count == 0) _byWorker.Remove(hold.Seat.WorkerId);
    }

    /// <summary>The worker has gone, or takes no more work.</summary>
    public void DropWorker(string workerId)
    {
        foreach (var hold in _byWorker.GetValueOrDefault(workerId)?.ToArray() ?? []) Drop(hold.JobId);
    }

    /// <summary>Those on a device. What has run out is dropped.</summary>
    public Hold[] On(Seat seat, DateTimeOffset now)
    {
        if (!_byWorker.TryGetValue(seat.WorkerId, out var holds)) return [];
        foreach (var late in holds.Where(hold => hold.Until <= now).ToArray()) Drop(late.JobId);
        return [.. holds.Where(hold => hold.Seat.Meets(seat))];
    }
}
