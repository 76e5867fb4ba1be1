using System.Diagnostics;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Grains.Hosting;
using Ptune.Grains.Pools;
using Ptune.Grains.Pools.Policies;
using Ptune.Storage.Embedded;

namespace Ptune.Pool.Bench;

/// <summary>A pool's start: its queue from the catalog's rows.</summary>
internal static class Rebuilding
{
    public static async Task ReportAsync(string folder)
    {
        await using var store = new EmbeddedStore(folder);
        for (var round = 0; round < 3; round++)
        {
            var clock = Stopwatch.StartNew();
            var worked = Environment.CpuUsage.TotalTime;
            var pool = new PoolScheduler("default", new SchedulingRules(new JobsOptions()));
            var now = Jobs.Start.AddHours(2);
            await foreach (var row in store.Catalog.QueryAsync(new JobQuery { Pool = "default", Statuses = JobStatusExtensions.NotFinal, IsUnordered = true })) pool.Recall(row, now);
            Console.WriteLine($"rebuild from the SQLite catalog    {pool.Queued} jobs in {clock.Elapsed.TotalSeconds:F1} s, {(Environment.CpuUsage.TotalTime - worked).TotalSeconds:F1} s of processor time");
        }
    }
}
