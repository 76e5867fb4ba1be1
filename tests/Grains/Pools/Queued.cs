using CsCheck;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Workers;
using Ptune.Grains.Hosting;
using Ptune.Grains.Pools;
using Ptune.Grains.Pools.Index;
using Ptune.Grains.Pools.Policies;
using Ptune.Grains.Pools.Running;

namespace Ptune.Grains.Tests.Pools;

/// <summary>Queued jobs, workers and pools for tests.</summary>
internal static class Queued
{
    private static readonly Dictionary<string, string> _noLabels = [];

    /// <summary>A queue of a few priorities, tenants, needs and models, all of about one age.</summary>
    public static Gen<QueuedJob[]> Some { get; } =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5], Gen.Char['a', 'c'], Gen.String[Gen.Char['a', 'c'], 0, 2])
            .Array[0, 40]
            .Select(jobs => jobs.Select((j, i) => Job($"{i:00}", j.Item1 * 100, j.Item2, j.Item3.ToString(), [.. j.Item4.Select(c => c.ToString())])).ToArray());

    public static QueuedJob Job(string id, int priority = 100, int second = 0, string tenant = "default", params string[] models) =>
        new(id, tenant, priority, Sample.Noon.AddSeconds(second), models);

    public static AcquireRequest Ask(string worker = "w", string device = "cpu", double? memory = null, params string[] warm) => new(worker, device, warm, memory);

    public static Candidate Worker(
        string id = "w", string device = "cpu", double? memory = null, double used = 0, Dictionary<string, string>? labels = null, WorkerOrder order = WorkerOrder.Work) =>
        new(new Seat(id, device), memory, used, labels ?? _noLabels, [], order);

    public static WorkerView View(
        string id = "w", int executors = 1, string device = "cpu", double? memory = null, WorkerOrder order = WorkerOrder.Work, params string[] running) =>
        new(id, new WorkerReport("default", "host", 1, device, executors, 1, "0.1.0", running, memory), Sample.Noon, Sample.Noon, order);

    public static Shape Shape(DeviceKind? device = null, double? memory = null, params string[] excluded) =>
        Grains.Pools.Index.Shape.Of(device is null && memory is null ? null : new Needs { Device = device, MemoryGiB = memory }, excluded);

    public static Needs Memory(double gib) => new() { MemoryGiB = gib };

    public static PoolScheduler Pool(Action<JobsOptions>? configure = null)
    {
        var options = new JobsOptions();
        configure?.Invoke(options);
        return new PoolScheduler("default", new SchedulingRules(options));
    }

    public static PoolScheduler Fill(this PoolScheduler pool, params IEnumerable<QueuedJob> jobs)
    {
        foreach (var job in jobs) pool.Enqueue(job);
        return pool;
    }

    /// <summary>What a worker is given, again and again, each job ending at once.</summary>
    public static List<QueuedJob> Drain(this PoolScheduler pool, AcquireRequest worker, DateTimeOffset? now = null)
    {
        var order = new List<QueuedJob>();
        while (pool.Take(worker, now ?? Sample.Noon) is { } job)
        {
            order.Add(job);
            pool.Remove(job.JobId, now ?? Sample.Noon);
        }
        return order;
    }
}
