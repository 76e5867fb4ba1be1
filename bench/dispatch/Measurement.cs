using System.Diagnostics;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Fixtures.Processes;

namespace Ptune.Dispatch.Bench;

/// <summary>One round on one running system: jobs that do nothing, through HTTP, grains, queue, worker and executor.</summary>
internal sealed class Measurement(Api api)
{
    private static long _seed = DateTime.UtcNow.Ticks;

    /// <summary>Submits <paramref name="jobs"/> at once and waits for the last; answers jobs a second for the submits, and from the first submit to the last end.</summary>
    public async Task<(double Submitted, double Drained)> DrainAsync(int jobs)
    {
        var clock = Stopwatch.StartNew();
        var ids = new List<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, jobs), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) =>
        {
            var id = (await SubmitAsync()).JobId;
            lock (ids) ids.Add(id);
        });
        var submitted = clock.Elapsed.TotalSeconds;
        // Watching each job would be more work than the jobs.
        while ((await api.PoolsAsync()).Any(pool => pool.Queued + pool.Leased > 0)) await Task.Delay(100);
        var ends = new List<JobView>();
        foreach (var id in ids) ends.Add(await api.EndOfAsync(id));
        if (ends.FirstOrDefault(e => e.Status != JobStatus.Succeeded) is { } failed) throw new InvalidOperationException($"{failed.JobId}: {failed.Status} {failed.Message}");
        var drained = (ends.Max(e => e.Ended!.Value) - ends.Min(e => e.Created)).TotalSeconds;
        return (jobs / submitted, jobs / drained);
    }

    /// <summary>Milliseconds from a submit to its lease, one job at a time on an idle system.</summary>
    public async Task<double[]> LatenciesAsync(int jobs)
    {
        var latencies = new double[jobs];
        for (var i = 0; i < jobs; i++)
        {
            var end = await api.EndOfAsync((await SubmitAsync()).JobId);
            latencies[i] = (end.Timeline.First(e => e.Status == JobStatus.Leased).At - end.Created).TotalMilliseconds;
        }
        Array.Sort(latencies);
        return latencies;
    }

    private Task<JobView> SubmitAsync() => api.SubmitJobAsync(new NoOpSpec { Seed = Interlocked.Increment(ref _seed) });
}
