using Ptune.Learning;
using Ptune.Prt.Bench;
using static TorchSharp.torch;

// What Portable Reward Tuning costs: bench/prt/run [rounds]
int rounds = args.Length > 0 ? int.Parse(args[0]) : 24;

TorchRuntime.EnsureLoaded();
set_num_threads(1);
Console.WriteLine($"{Environment.ProcessorCount} cores, {ComputeDevice.Describe("cpu", 1).Processor}, libtorch {TorchSharp.torch.__version__}, 1 thread; random images in Fashion-MNIST's shape; median (min, max) of rounds in turns");
foreach (var (name, architecture) in Networks.All) TrainingSteps.Report(name, architecture, rounds);
Matrix.Report(3, 3, Math.Max(3, rounds / 4));
Matrix.Report(8, 8, Math.Max(3, rounds / 13));
Inference.Report();
