using Ptune.Fixtures;
using Ptune.Fixtures.Processes;
using Ptune.Recovery.Bench;

// How long the system takes to go on: bench/recovery/run [rounds] [live jobs] [checkout]
var rounds = args.Length > 0 ? int.Parse(args[0]) : 5;
var live = args.Length > 1 ? int.Parse(args[1]) : 10_000;
var build = args.Length > 2 ? new Build(Path.GetFullPath(args[2])) : Build.This;

using var folder = new TemporaryFolder();
Console.WriteLine($"{Environment.ProcessorCount} cores, {rounds} rounds, load {Load()}");
await using (var kills = await ClusterKills.StartAsync(folder.Location, build))
{
    var workers = await Repeat(kills.WorkerAsync);
    Report("kill -9 of a worker to the first step of the next attempt, less the lease", workers.Select(w => w.Shown - Cluster.LeaseDuration.TotalSeconds));
    Console.WriteLine($"  {Phases.Words(workers)}; load {Load()}");
    Report("kill -9 of one of two silos to the next progress of the running job", await Repeat(kills.SiloAsync));
}
if (live == 0) return;
var restarts = new ServerRestarts(Path.Combine(folder.Location, "store"), live);
await restarts.FillAsync();
var times = new List<(double Ready, double Known)>();
for (var i = 0; i < rounds; i++) times.Add(await restarts.RestartAsync());
Report($"kill -9 of the one server with {live} queued jobs, start to ready", times.Select(t => t.Ready));
Report($"the same, start to all {live} known to the pool again", times.Select(t => t.Known));

async Task<List<T>> Repeat<T>(Func<Task<T>> round)
{
    var seconds = new List<T>();
    for (var i = 0; i < rounds; i++) seconds.Add(await round());
    return seconds;
}

// The mean number of processes that ran or waited for a core in the last minute.
static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

static void Report(string what, IEnumerable<double> seconds)
{
    var sorted = seconds.Order().ToArray();
    Console.WriteLine($"{what}: median {sorted[sorted.Length / 2]:F2} s (min {sorted[0]:F2}, max {sorted[^1]:F2})");
}
