using Ptune.Dispatch.Bench;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

// How fast the way of a job is, beside Celery on the same broker: bench/dispatch/run [jobs] [rounds] [waiting]
var jobs = args.Length > 0 ? int.Parse(args[0]) : 300;
var rounds = args.Length > 1 ? int.Parse(args[1]) : 3;
var waiting = args.Length > 2 ? int.Parse(args[2]) : 10_000;
var singles = Math.Min(200, jobs);

using var folder = new TemporaryFolder();
Console.WriteLine($"{Environment.ProcessorCount} cores, {jobs} no-op jobs a round, {rounds} rounds, one executor");
await using (var embedded = await Embedded.StartAsync(Path.Combine(folder.Location, "store"), executors: 1))
{
    var ours = new Measurement(embedded.Api);
    await ours.DrainAsync(20);
    var drains = new List<(double, double)>();
    var (used, last) = (new ProcessorTime(), new ProcessorTime());
    for (var i = 0; i < rounds; i++)
    {
        last = new ProcessorTime();
        drains.Add(await ours.DrainAsync(jobs));
    }
    var cost = Cost(used, last);
    Report("embedded (SQLite, in-memory bus)", drains, await ours.LatenciesAsync(singles));
    Console.WriteLine(cost);
    await ours.FillAsync(waiting);
    Behind(await ours.LatenciesAsync(singles));
}
await using (var cluster = await Cluster.StartAsync(folder.Location, workers: 1))
{
    await StoreFloor.ReportAsync(cluster.Azurite);
    using var celery = new Celery(cluster.Rabbit.Address, Path.Combine(folder.Location, "celery"));
    var ours = new Measurement(cluster.Apis[0]);
    await ours.DrainAsync(20);
    celery.Drain(20);
    List<(double Submitted, double Drained)> drains = [], theirs = [];
    var (used, last) = (new ProcessorTime(), new ProcessorTime());
    for (var i = 0; i < rounds; i++)
    {
        last = new ProcessorTime();
        drains.Add(await ours.DrainAsync(jobs));
        theirs.Add(celery.Drain(jobs));
    }
    var cost = Cost(used, last);
    var (ourLatencies, theirLatencies) = (await ours.LatenciesAsync(singles), celery.Latencies(singles));
    Report("cluster (2 silos, RabbitMQ, Azurite)", drains, ourLatencies);
    Console.WriteLine(cost);
    Report($"Celery {celery.Version} on the same RabbitMQ (late acknowledgement, persistent, confirmed, one process)", theirs, theirLatencies);
    Console.WriteLine("ours / Celery");
    Console.WriteLine($"  submits/s          {Spread(drains.Zip(theirs, (o, t) => o.Submitted / t.Submitted), "F2")}");
    Console.WriteLine($"  drained jobs/s     {Spread(drains.Zip(theirs, (o, t) => o.Drained / t.Drained), "F2")}");
    Console.WriteLine($"  submit to start    p50 {At(ourLatencies, 50) / At(theirLatencies, 50):F2}, p99 {At(ourLatencies, 99) / At(theirLatencies, 99):F2}");
    await ours.FillAsync(waiting);
    celery.Fill(waiting);
    var (ourBehind, theirBehind) = (await ours.LatenciesAsync(singles), celery.Latencies(singles));
    Behind(ourBehind);
    Behind(theirBehind);
    Console.WriteLine($"  ours / Celery      p50 {At(ourBehind, 50) / At(theirBehind, 50):F2}, p99 {At(ourBehind, 99) / At(theirBehind, 99):F2}");
}

// In the first rounds much is compiled that is hot for the first time; the last one tells what a job costs a server that has run for a while.
string Cost(ProcessorTime all, ProcessorTime last) =>
    $"  processor ms a job {Ours(all, jobs * rounds)}\n  in the last round  {Ours(last, jobs)}";

static string Ours(ProcessorTime used, int jobs) => string.Join(", ", used.Used().Where(u => u.Milliseconds > 0).Select(u => $"{u.Program} {u.Milliseconds / jobs:F1}"));

void Behind(double[] latencies) =>
    Console.WriteLine($"  behind {waiting:N0} that wait for another worker: submit to start p50 {At(latencies, 50):F1} ms, p99 {At(latencies, 99):F1} ms (n = {latencies.Length})");

static void Report(string name, List<(double Submitted, double Drained)> drains, double[] latencies)
{
    Console.WriteLine(name);
    Console.WriteLine($"  submits/s          {Spread(drains.Select(d => d.Submitted), "F1")}");
    Console.WriteLine($"  drained jobs/s     {Spread(drains.Select(d => d.Drained), "F1")}");
    Console.WriteLine($"  submit to start    p50 {At(latencies, 50):F1} ms, p99 {At(latencies, 99):F1} ms (n = {latencies.Length})");
}

static double At(double[] sorted, int percent) => sorted[sorted.Length * percent / 100];

static string Spread(IEnumerable<double> values, string format)
{
    var sorted = values.Order().ToArray();
    return $"median {sorted[sorted.Length / 2].ToString(format)} (min {sorted[0].ToString(format)}, max {sorted[^1].ToString(format)})";
}
