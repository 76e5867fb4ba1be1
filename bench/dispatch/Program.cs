using Ptune.Dispatch.Bench;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

// How fast the way of a job is: bench/dispatch/run [jobs] [rounds]
var jobs = args.Length > 0 ? int.Parse(args[0]) : 300;
var rounds = args.Length > 1 ? int.Parse(args[1]) : 3;

using var folder = new TemporaryFolder();
Console.WriteLine($"{Environment.ProcessorCount} cores, {jobs} no-op jobs a round, {rounds} rounds, one executor");
await using (var embedded = await Embedded.StartAsync(Path.Combine(folder.Location, "store"), executors: 1))
    await ReportAsync("embedded (SQLite, in-memory bus)", embedded.Api);
await using (var cluster = await Cluster.StartAsync(folder.Location, workers: 1))
    await ReportAsync("cluster (2 silos, RabbitMQ, Azurite)", cluster.Apis[0]);

async Task ReportAsync(string name, Api api)
{
    var measurement = new Measurement(api);
    await measurement.DrainAsync(20);
    var drains = new List<(double Submitted, double Drained)>();
    for (var i = 0; i < rounds; i++) drains.Add(await measurement.DrainAsync(jobs));
    var latencies = await measurement.LatenciesAsync(Math.Min(200, jobs));
    Console.WriteLine(name);
    Console.WriteLine($"  submits/s          {Spread(drains.Select(d => d.Submitted))}");
    Console.WriteLine($"  drained jobs/s     {Spread(drains.Select(d => d.Drained))}");
    Console.WriteLine($"  submit to start    p50 {latencies[latencies.Length / 2]:F1} ms, p99 {latencies[latencies.Length * 99 / 100]:F1} ms (n = {latencies.Length})");
}

static string Spread(IEnumerable<double> values)
{
    var sorted = values.Order().ToArray();
    return $"median {sorted[sorted.Length / 2]:F1} (min {sorted[0]:F1}, max {sorted[^1]:F1})";
}
