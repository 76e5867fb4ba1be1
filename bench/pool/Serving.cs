using System.Diagnostics;
using System.Text.Json;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;
using Ptune.Fixtures.Processes;
using Ptune.WholeSystem.Bench;

namespace Ptune.Pool.Bench;

/// <summary>A whole server on the full store: its start, its memory, and submits over HTTP behind all that wait.</summary>
internal static class Serving
{
    private const int Burst = 20_000;

    // A job's grain has left memory by then: it is kept for a minute, and looked at every 20 s.
    private static readonly TimeSpan s_forgotten = TimeSpan.FromMinutes(2);

    public static async Task ReportAsync(string folder, int jobs)
    {
        var clock = Stopwatch.StartNew();
        await using var server = Fixtures.Processes.Program.Start("Silo", "Ptune.Silo.dll", [], new Dictionary<string, string>
        {
            ["PTUNE_Http__Urls"] = "http://127.0.0.1:0",
            ["PTUNE_Storage__Folder"] = folder,
            ["PTUNE_Worker__Executors"] = "0",
        });
        using var api = new Api(Addresses.In(await server.SaysAsync(line => line.Contains("http://127.0.0.1:", StringComparison.Ordinal))));
        var address = clock.Elapsed.TotalSeconds;
        while (Queued(await api.TextAsync("v1/pools")) < jobs) await Task.Delay(100);
        Console.WriteLine($"server    address after {address:F1} s, pool rebuilt after {clock.Elapsed.TotalSeconds:F1} s, memory {Megabytes(server)} MB");

        var took = new List<double>();
        for (var i = 0; i < 1000; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            await api.SubmitJobAsync(new NoOpSpec { Seed = Environment.TickCount64 + i });
            took.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
        took.Sort();
        Console.WriteLine($"server    submit behind them p50 {took[500]:F1} ms, p99 {took[990]:F1} ms, greatest {took[^1]:F0} ms (n = {took.Count})");
        await Task.Delay(TimeSpan.FromSeconds(30));
        Console.WriteLine($"server    memory 30 s later {Megabytes(server)} MB");
        for (var burst = 1; burst <= 2; burst++)
        {
            if (burst > 1) await Task.Delay(s_forgotten);
            await BurstAsync(api, server, burst);
        }
        server.Signal(15);
        await server.ExitAsync();
    }

    /// <summary>Many submits at once: each makes a grain, which stays in memory for a while.</summary>
    private static async Task BurstAsync(Api api, Fixtures.Processes.Program server, int burst)
    {
        var (before, begin) = (Megabytes(server), Stopwatch.GetTimestamp());
        await Parallel.ForAsync(0, Burst, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) => await api.SubmitJobAsync(new NoOpSpec { Seed = (1_000_000_000L * burst) + i }));
        var rate = Burst / Stopwatch.GetElapsedTime(begin).TotalSeconds;
        Console.WriteLine($"server    burst {burst} of {Burst} submits, 16 at a time: {rate:F0} a second, memory {before} to {Megabytes(server)} MB");
    }

    private static int Queued(string pools) => JsonSerializer.Deserialize<PoolView[]>(pools, SpecJson.Options)!.Single(p => p.Name == "default").Queued;

    private static long Megabytes(Fixtures.Processes.Program server) => ProcessTree.Bytes(server.Id) / 1_000_000;
}
