using Ptune.Learning;
using static TorchSharp.torch;

namespace Ptune.LanguageStep.Bench;

/// <summary>This project's contender, a process of its own as PyTorch's is: it answers a line for each line that it reads.</summary>
internal static class OurSide
{
    /// <param name="args">ours, setting, folder, plain or recompute, threads.</param>
    public static void Run(string[] args)
    {
        TorchRuntime.EnsureLoaded();
        set_num_threads(int.Parse(args[4]));
        var setting = Setting.All.Single(candidate => candidate.Name == args[1]);
        using var trainee = Trainee.Read(setting, args[2]);
        using var trainer = trainee.Trainer(args[3] == "recompute");
        Console.WriteLine($"libtorch {__version__} with its MKL, {get_num_threads()} thread(s)");
        while (Console.ReadLine() is { } line)
        {
            Console.WriteLine(line.Split(' ') switch
            {
                ["parameters"] => $"{trainee.Trained.Count}",
                ["train", var steps] => $"{Train(int.Parse(steps)):R}",
                ["loss"] => $"{Loss():R}",
                _ => throw new InvalidOperationException(line),
            });
        }

        double Train(int steps)
        {
            var before = Environment.CpuUsage.TotalTime;
            for (int i = 0; i < steps; i++) trainer.TakeStep();
            return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        }

        // Of one more step, before it.
        double Loss()
        {
            double loss = trainee.Loss();
            trainer.TakeStep();
            return loss;
        }
    }
}
