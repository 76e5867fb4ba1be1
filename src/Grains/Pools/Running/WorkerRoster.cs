using Ptune.Contracts.Workers;

namespace Ptune.Grains.Pools.Running;

/// <summary>The workers that a pool has heard of lately.</summary>
/// <param name="forgottenAfter">Silence after which a worker is no longer counted.</param>
internal sealed class WorkerRoster(TimeSpan forgottenAfter)
{
    private readonly Dictionary<string, (WorkerView View, DateTimeOffset Heard)> _workers = [];

    public void Hear(WorkerView worker, DateTimeOffset now) => _workers[worker.WorkerId] = (worker, now);

    public void Leave(string workerId) => _workers.Remove(workerId);

    public WorkerOrder OrderOf(string workerId) => _workers.TryGetValue(workerId, out var worker) ? worker.View.Order : WorkerOrder.Work;

    /// <summary>1 for a worker that has not reported.</summary>
    public int ExecutorsOf(string workerId) => _workers.TryGetValue(workerId, out var worker) ? worker.View.Report.Executors : 1;

    /// <summary>Those heard of lately, by id.</summary>
    public WorkerView[] At(DateTimeOffset now)
    {
        foreach (var (id, worker) in _workers.Where(w => now - w.Value.Heard > forgottenAfter).ToArray()) _workers.Remove(id);
        return [.. _workers.Values.Select(w => w.View).OrderBy(w => w.WorkerId, StringComparer.Ordinal)];
    }

    /// <summary>Executors that have said that they have nothing to do.</summary>
    public int Idle(DateTimeOffset now) =>
        At(now).Where(w => w.Order == WorkerOrder.Work).Sum(w => Math.Max(0, w.Report.Executors - w.Report.Running.Length));
}
