using Ptune.Fixtures;
using Ptune.Sweep.Bench;

// Sweeps whose jobs end at once: bench/sweep/run [trials...]
const int AtATime = 16;
var sweeps = args.Length > 0 ? args.Select(int.Parse) : [1000, 2000, 4000];

Console.WriteLine($"{Environment.ProcessorCount} cores, {AtATime} trials at a time, 2 jobs a trial");
foreach (var trials in sweeps)
{
    using var folder = new TemporaryFolder("sweep");
    Console.WriteLine(await EmbeddedSweep.RunAsync(folder.Location, trials, AtATime));
}
