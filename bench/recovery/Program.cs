using Ptune.Fixtures;
using Ptune.Recovery.Bench;

// How long the system takes to go on: bench/recovery/run [rounds] [live jobs]
var rounds = args.Length > 0 ? int.Parse(args[0]) : 5;
var live = args.Length > 1 ? int.Parse(args[1]) : 10_000;

using var folder = new TemporaryFolder();
Console.WriteLine($"{Environment.ProcessorCount} cores, {rounds} rounds");
await using (var kills = await ClusterKills.StartAsync(folder.Location))
{
    Report("kill -9 of a worker to the first step of the next attempt, less the lease", await Repeat(kills.WorkerAsync));
    Report("kill -9 of one of two silos to the next progress of the running job", await Repeat(kills.SiloAsync));
}
var restarts = new ServerRestarts(Path.Combine(folder.Location, "store"), live);
await restarts.FillAsync();
var times = new List<(double Ready, double Known)>();
for (var i = 0; i < rounds; i++) times.Add(await restarts.RestartAsync());
Report($"kill -9 of the one server with {live} queued jobs, start to ready", times.Select(t => t.Ready));
Report($"the same, start to all {live} known to the pool again", times.Select(t => t.Known));

async Task<List<double>> Repeat(Func<Task<double>> round)
{
    var seconds = new List<double>();
    for (var i = 0; i < rounds; i++) seconds.Add(await round());
    return seconds;
}

static void Report(string what, IEnumerable<double> seconds)
{
    var sorted = seconds.Order().ToArray();
    Console.WriteLine($"{what}: median {sorted[sorted.Length / 2]:F2} s (min {sorted[0]:F2}, max {sorted[^1]:F2})");
}
