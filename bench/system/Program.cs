using Ptune.WholeSystem.Bench;

// Set-up from a fresh clone, the main job first and again, memory. bench/system/run [SPEC]
var root = args[0];
var spec = args.Length > 1 ? args[1] : "examples/fashion-transfer.yaml";
var work = Directory.CreateTempSubdirectory("ptune-system-").FullName;
try
{
    var clone = Path.Combine(work, "clone");
    var environment = new Dictionary<string, string>
    {
        ["NUGET_PACKAGES"] = Path.Combine(work, "packages"),
        ["PTUNE_STORE"] = Path.Combine(work, "store"),
        ["PTUNE_HOME"] = clone,
        ["NO_COLOR"] = "1",
    };
    Succeeds(await Run.OfAsync(work, environment, "git", "clone", "--quiet", root, clone));
    var setUp = Succeeds(await Run.OfAsync(clone, environment, "./ptune", "version"));
    Console.WriteLine($"{Environment.ProcessorCount} cores");
    Console.WriteLine($"set-up from a fresh clone, empty package cache    {setUp.Seconds:F0} s");
    var first = Succeeds(await Run.OfAsync(clone, environment, "./ptune", "run", spec));
    Console.WriteLine($"{spec}, nothing in the store    {first.Seconds:F0} s, first output after {first.FirstOutput:F1} s, peak memory {Megabytes(first.PeakBytes)}");
    var second = Succeeds(await Run.OfAsync(clone, environment, "./ptune", "run", spec));
    Console.WriteLine($"the same again, all in the store    {second.Seconds:F1} s, first output after {second.FirstOutput:F1} s, peak memory {Megabytes(second.PeakBytes)}");
    await IdleAsync(clone, environment);
}
finally
{
    Directory.Delete(work, recursive: true);
}

static async Task IdleAsync(string clone, Dictionary<string, string> environment)
{
    using var server = Run.Start(clone, environment, "./ptune", ["server", "--port", "0"]);
    while (await server.StandardOutput.ReadLineAsync() is { } line && !line.Contains("http://", StringComparison.Ordinal)) { }
    var samples = new List<long>();
    for (var i = 0; i < 10; i++)
    {
        await Task.Delay(TimeSpan.FromSeconds(1));
        samples.Add(ProcessTree.Bytes(server.Id));
    }
    samples.Sort();
    Console.WriteLine($"idle server with its client    median {Megabytes(samples[samples.Count / 2])} (min {Megabytes(samples[0])}, max {Megabytes(samples[^1])})");
    using var stop = System.Diagnostics.Process.Start("kill", ["-TERM", $"{server.Id}"]);
    await server.WaitForExitAsync();
}

static Run Succeeds(Run run) => run.ExitCode == 0 ? run : throw new InvalidOperationException($"exit code {run.ExitCode}\n{run.Output}");

static string Megabytes(long bytes) => $"{bytes / 1e6:F0} MB";
