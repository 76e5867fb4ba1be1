using System.Diagnostics;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Audit.Bench;

/// <summary>Submits to the grains themselves, 16 at a time: what HTTP costs would only bring the two ways closer together.</summary>
/// <param name="grains">The silo's.</param>
/// <param name="silo">Its process: what its processors do is steadier than the rate on a machine that does other things, too.</param>
internal sealed class Submits(IGrainFactory grains, Process silo)
{
    private static readonly AuditStamp s_by = new("bench", "k1", "submitter", "127.0.0.1", "request");
    private static long _seed = DateTime.UtcNow.Ticks;

    /// <summary>Submits a second, and how many milliseconds of a core the silo takes for one.</summary>
    private async Task<(double Rate, double Processor)> MeasureAsync(int jobs, bool isAudited)
    {
        var before = ProcessorTime();
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, jobs), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) =>
        {
            var spec = new NoOpSpec { Seed = Interlocked.Increment(ref _seed) };
            await grains.GetGrain<IJobGrain>(JobIds.Of(JobIds.DefaultTenant, spec)).Submit(new JobSubmission(spec, "bench", "bench") { By = isAudited ? s_by : null });
        });
        var rate = jobs / clock.Elapsed.TotalSeconds;
        return (rate, (ProcessorTime() - before).TotalMilliseconds / jobs);
    }

    private TimeSpan ProcessorTime()
    {
        silo.Refresh();
        return silo.TotalProcessorTime;
    }

    /// <summary>Takes turns, and prints both ways and their ratio round by round.</summary>
    public async Task ReportAsync(string name, int jobs, int rounds)
    {
        await MeasureAsync(jobs / 4, isAudited: true);
        await MeasureAsync(jobs / 4, isAudited: false);
        List<(double Rate, double Processor)> with = [], without = [];
        for (var i = 0; i < rounds; i++)
        {
            if (i % 2 == 0) with.Add(await MeasureAsync(jobs, isAudited: true));
            without.Add(await MeasureAsync(jobs, isAudited: false));
            if (i % 2 == 1) with.Add(await MeasureAsync(jobs, isAudited: true));
        }
        Console.WriteLine(name);
        Console.WriteLine($"  with the trail, submits/s            {Spread(with.Select(w => w.Rate), "F0")}");
        Console.WriteLine($"  without                              {Spread(without.Select(w => w.Rate), "F0")}");
        Console.WriteLine($"  with / without                       {Spread(with.Zip(without, (a, b) => a.Rate / b.Rate), "F2")}");
        Console.WriteLine($"  with, ms of a core of the silo each  {Spread(with.Select(w => w.Processor), "F2")}");
        Console.WriteLine($"  without                              {Spread(without.Select(w => w.Processor), "F2")}");
    }

    private static string Spread(IEnumerable<double> values, string format)
    {
        var sorted = values.Order().ToArray();
        return $"{sorted[sorted.Length / 2].ToString(format)} ({sorted[0].ToString(format)}, {sorted[^1].ToString(format)})";
    }
}
