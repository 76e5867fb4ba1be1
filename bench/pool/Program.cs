using Ptune.Fixtures;
using Ptune.Pool.Bench;

// A million queued jobs in one pool: bench/pool/run [jobs]
var jobs = args.Length > 0 ? int.Parse(args[0]) : 1_000_000;

Console.WriteLine($"{Environment.ProcessorCount} cores, {jobs} queued jobs of 5 priorities and 2 kinds of needs");
foreach (var tenants in new[] { 1, 10, 100 }) Picking.Report(jobs, tenants, picks: Math.Min(20_000, jobs / 20));
using var folder = new TemporaryFolder();
var store = Path.Combine(folder.Location, "store");
await Store.FillAsync(store, jobs, tenants: 10);
await Rebuilding.ReportAsync(store);
await Serving.ReportAsync(store, jobs);
