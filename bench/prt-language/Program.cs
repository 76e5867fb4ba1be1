using Ptune.Learning;
using Ptune.PrtLanguage.Bench;
using static TorchSharp.torch;

// What carrying language rewards costs: bench/prt-language/run [train|matrix|decode|growth|all] [rounds] [threads]
TorchRuntime.EnsureLoaded();
if (args is ["ours", ..])
{
    TrainingCost.RunOurs(args);
    return;
}

string part = args.Length > 0 ? args[0] : "all";
int rounds = args.Length > 1 ? int.Parse(args[1]) : 5, threads = args.Length > 2 ? int.Parse(args[2]) : 1;
set_num_threads(threads);
Console.WriteLine($"{Environment.ProcessorCount} cores, {ComputeDevice.Describe("cpu", threads).Processor}, {threads} thread(s) each, f32; processor time, median (min, max); load {File.ReadAllText("/proc/loadavg").Split(' ')[0]} at the start");
if (part is "train" or "all")
{
    for (int which = 0; which < TrainingCost.All.Count; which++) TrainingCost.Report(which, rounds, threads);
}

if (part is "matrix" or "all")
{
    foreach (int size in new[] { 1, 2, 4, 8 }) Matrix.Report("6 layers of width 192, vocabulary of 4,096", Llama.Config(4_096, 192, 6), size, rows: 2, rounds);
    Matrix.Report("12 layers of width 192, vocabulary of 1,024", Llama.Config(1_024, 192, 12), 8, rows: 2, rounds);
    Matrix.Report("3 layers of width 128, vocabulary of 16,384", Llama.Config(16_384, 128, 3), 8, rows: 1, rounds);
}

if (part is "decode" or "all")
{
    DecodeCost.Report("a reward of a tenth of the target", Llama.Config(8_192, 640, 8), Llama.Config(8_192, 256, 3), rounds);
    DecodeCost.Report("a reward of the target's size", Llama.Config(8_192, 384, 6), Llama.Config(8_192, 384, 6), rounds);
}

if (part is "growth" or "all") Growth.Report(rounds);
