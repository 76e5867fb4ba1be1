using System.Runtime.InteropServices;
using Ptune.LanguageStep.Bench;
using Ptune.Learning;
using Ptune.Tensors.Bench;

// A training step of a language model here against the same in PyTorch: bench/language-step/run [rounds] [threads] [lora|full]
if (args is ["ours", ..])
{
    OurSide.Run(args);
    return;
}

int rounds = args.Length > 0 ? int.Parse(args[0]) : 6;
int threads = args.Length > 1 ? int.Parse(args[1]) : 1;
string? only = args.Length > 2 ? args[2] : null;

TorchRuntime.EnsureLoaded();
Console.WriteLine($"{Environment.ProcessorCount} cores, {ComputeDevice.Describe("cpu", threads).Processor}; {Setting.Rows} x {Setting.RowTokens} tokens a step, f32, {rounds} rounds in turns; load {File.ReadAllText("/proc/loadavg").Split(' ')[0]} at the start");
foreach (var setting in Setting.All.Where(setting => only is null || setting.Name == only)) Compare(setting);

void Compare(Setting setting)
{
    string folder = Directory.CreateTempSubdirectory("ptune-language-step-").FullName;
    try
    {
        Trainee.Write(setting, folder);
        File.WriteAllBytes(Path.Combine(folder, "rows.bin"), MemoryMarshal.AsBytes(Trainee.Examples(setting).SelectMany(row => row.Ids).Select(id => (long)id).ToArray().AsSpan()).ToArray());
        using var ours = Ours(setting, folder, "plain");
        using var theirs = Theirs(setting, folder, "plain");
        using var oursAgain = Ours(setting, folder, "recompute");
        using var theirsAgain = Theirs(setting, folder, "recompute");
        Contender[] all = [ours, theirs, oursAgain, theirsAgain];
        Console.WriteLine($"{setting.Title}, {ours.Parameters():N0} trained");
        Console.WriteLine($"  ours    {ours.Description}");
        Console.WriteLine($"  theirs  {theirs.Description}");
        RequireSameCourse(all);
        int steps = setting.IsLora ? 1 : 5;
        var seconds = Interleaved.Measure(rounds, warmups: 1, [.. all.Select(contender => (Func<double>)(() => contender.Train(steps)))]);
        Report("ours, kept", 0);
        Report("theirs, kept", 1);
        Report("ours, recomputed", 2);
        Report("theirs, recomputed", 3);
        Ratio("ours / theirs, kept", 0, 1);
        Ratio("ours / theirs, recomputed", 2, 3);
        Ratio("ours, recomputed / kept", 2, 0);
        Ratio("theirs, recomputed / kept", 3, 1);

        void Report(string name, int which) =>
            Console.WriteLine($"  {name,-26} {Spread.Of(seconds[which]).ToString(1000.0 / steps, "F0")} ms a step; peak {all[which].Peak:F0} MiB, {all[which].PeakOfTraining:F0} MiB of it by training");

        void Ratio(string name, int one, int other) => Console.WriteLine(
            $"  {name,-26} time {Spread.OfRatios(seconds[one], seconds[other])}, peak {all[one].Peak / all[other].Peak:F2}, of training {all[one].PeakOfTraining / all[other].PeakOfTraining:F2}");
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

Contender Ours(Setting setting, string folder, string mode) => new(Environment.ProcessPath!, typeof(Setting).Assembly.Location, "ours", setting.Name, folder, mode, $"{threads}");

Contender Theirs(Setting setting, string folder, string mode)
{
    var config = setting.Config;
    long[] shape = [config.Vocabulary, config.Width, config.Layers, config.Heads, config.KeyHeads, config.Inner];
    return new("/usr/bin/python3", Path.Combine(AppContext.BaseDirectory, "peer.py"), folder, string.Join(',', shape), setting.IsLora ? "lora" : "full", mode, $"{threads}");
}

// The same weights on the same rows must give the same losses, after an optimizer's step too: else it is another training, and a ratio says nothing.
static void RequireSameCourse(Contender[] all)
{
    long[] parameters = [.. all.Select(contender => contender.Parameters())];
    if (parameters.Distinct().Count() > 1) throw new InvalidOperationException($"Trained parameters differ: {string.Join(", ", parameters)}.");
    for (int step = 0; step < 2; step++)
    {
        double[] losses = [.. all.Select(contender => contender.Loss())];
        if (losses.Max() - losses.Min() > 2e-5 * losses.Max()) throw new InvalidOperationException($"Losses of step {step} differ: {string.Join(", ", losses)}.");
    }
}
