using System.Diagnostics;
using Ptune.Contracts.Pools;
using Ptune.Grains.Hosting;
using Ptune.Grains.Pools;
using Ptune.Grains.Pools.Policies;

namespace Ptune.Pool.Bench;

/// <summary>The pool's memory and decisions by themselves: no grain, no store.</summary>
internal static class Picking
{
    public static void Report(int jobs, int tenants, int picks)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var pool = new PoolScheduler("default", new SchedulingRules(new JobsOptions()));
        var filling = Fill(pool, jobs, tenants);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)jobs;

        var worker = new AcquireRequest("w", "cpu", ["sha256:a", "sha256:b"], 64, new() { ["zone"] = "a" });
        var now = Jobs.Start.AddHours(2);
        Time(1000, () => pool.Remove(pool.Take(worker, now)!.JobId, now));
        string taken = "";
        var takes = Time(picks, () => taken = pool.Take(worker, now)!.JobId, () => pool.Remove(taken, now));
        var ids = Jobs.Of(jobs, tenants).Where((_, i) => i % (jobs / 1000) == 0).Select(j => j.JobId).ToArray();
        var at = 0;
        var explains = Time(ids.Length, () => pool.Explain(ids[at++], now));
        var views = Time(100, () => pool.View(now));
        Console.WriteLine($"{tenants,4} tenants    {bytes,5:F0} bytes a job    enqueue {jobs / filling.TotalSeconds / 1e3,6:F0} k/s    pick {Figures(takes)}    explain {Figures(explains)}    view {Figures(views)}");
        GC.KeepAlive(pool);
    }

    /// <summary>Only the putting in is timed, not the making of the jobs.</summary>
    private static TimeSpan Fill(PoolScheduler pool, int jobs, int tenants)
    {
        var clock = new Stopwatch();
        foreach (var chunk in Jobs.Of(jobs, tenants).Chunk(10_000))
        {
            clock.Start();
            foreach (var job in chunk) pool.Enqueue(job);
            clock.Stop();
        }
        return clock.Elapsed;
    }

    private static double[] Time(int times, Action act, Action? after = null)
    {
        var took = new double[times];
        for (var i = 0; i < times; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            act();
            took[i] = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
            after?.Invoke();
        }
        Array.Sort(took);
        return took;
    }

    private static string Figures(double[] sorted) => $"p50 {sorted[sorted.Length / 2]:F1} us, p99 {sorted[sorted.Length * 99 / 100]:F1} us";
}
