using System.Diagnostics;
using System.Text.Json;
using Ptune.Contracts.Http;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;
using Ptune.Fixtures.Processes;

namespace Ptune.Recovery.Bench;

/// <summary>A server on one machine with many jobs in a pool that has no worker, killed and started again.</summary>
internal sealed class ServerRestarts(string store, int jobs)
{
    private const string Pool = "nobody";

    public async Task FillAsync()
    {
        await using var server = await Embedded.StartAsync(store, executors: 1);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, jobs),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, _) => await server.Api.SubmitJobAsync(new NoOpSpec { Seed = i, Scheduling = new Scheduling { Pool = Pool } }));
        await KillAsync(server);
    }

    /// <summary>Seconds from the command to the server's address, and to the whole queue.</summary>
    public async Task<(double Ready, double Known)> RestartAsync()
    {
        var clock = Stopwatch.StartNew();
        await using var server = await Embedded.StartAsync(store, executors: 1);
        var ready = clock.Elapsed.TotalSeconds;
        while (await QueuedAsync(server.Api) != jobs) await Task.Delay(TimeSpan.FromMilliseconds(20));
        var known = clock.Elapsed.TotalSeconds;
        await KillAsync(server);
        return (ready, known);
    }

    private static async Task<int> QueuedAsync(Api api) =>
        JsonSerializer.Deserialize<PoolView[]>(await api.TextAsync(Routes.Pools), SpecJson.Options)!.SingleOrDefault(p => p.Name == Pool)?.Queued ?? -1;

    /// <summary>The server's process is the client's child.</summary>
    private async Task KillAsync(Embedded server)
    {
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(store, "server.json")));
        using var silo = Process.GetProcessById(file.RootElement.GetProperty("pid").GetInt32());
        silo.Kill();
        await silo.WaitForExitAsync();
        await server.Process.ExitAsync();
    }
}
