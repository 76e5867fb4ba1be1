using Ptune.Contracts.Specs;
using Ptune.Learning;
using Ptune.Prt.Bench;
using static TorchSharp.torch;

// What Portable Reward Tuning costs: bench/prt/run [rounds] [tuning|matrix|inference|checkpoints]
int rounds = args.Length > 0 ? int.Parse(args[0]) : 24;
string? only = args.Length > 1 ? args[1] : null;

TorchRuntime.EnsureLoaded();
set_num_threads(1);
Console.WriteLine($"{Environment.ProcessorCount} cores, {ComputeDevice.Describe("cpu", 1).Processor}, libtorch {TorchSharp.torch.__version__}, 1 thread; random images in Fashion-MNIST's shape; median (min, max) of rounds in turns");
if (only is null or "tuning")
{
    foreach (var (name, architecture) in Networks.All) TrainingSteps.Report(name, architecture, rounds);
}
if (only is null or "matrix")
{
    Matrix.Report(3, 3, Math.Max(3, rounds / 4));
    Matrix.Report(8, 8, Math.Max(3, rounds / 13));
}
if (only is null or "inference") Inference.Report();
if (only is null or "checkpoints")
{
    Checkpoints.Report("vit", new VitSpec(), steps: 16, rounds);
    Checkpoints.Report("wide mlp", new MlpSpec { Hidden = 2048, Depth = 3 }, steps: 16, Math.Max(3, rounds / 4));
}
