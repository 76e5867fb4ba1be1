using System.Runtime.InteropServices;
using Ptune.LanguageStep.Bench;
using Ptune.Learning;
using Ptune.Learning.Models.Language;
using Ptune.Tensors.Bench;
using static TorchSharp.torch;

namespace Ptune.PrtLanguage.Bench;

/// <summary>A step of reward tuning against one of plain fine-tuning and against PyTorch, time and memory, each in a process of its own.</summary>
internal static class TrainingCost
{
    // As peer.py has them.
    private const int _rows = 4;
    private const int _rowTokens = 256;

    public static IReadOnlyList<(string Title, DecoderConfig Config)> All { get; } =
    [
        ("10 million parameters, 4,096 tokens in the vocabulary", Llama.Config(4_096, 320, 7)),
        ("5 million parameters, 32,768 tokens in the vocabulary", Llama.Config(32_768, 128, 4)),
    ];

    /// <summary>A contender here: it answers a line for each line that it reads.</summary>
    /// <param name="args">ours, which of the models, mode, folder, threads.</param>
    public static void RunOurs(string[] args)
    {
        set_num_threads(int.Parse(args[4]));
        var config = All[int.Parse(args[1])].Config;
        using var trainee = new RewardTrainee(config, args[2], args[3], Texts.Of(_rows, _rowTokens, config.Vocabulary));
        Console.WriteLine($"libtorch {__version__}, {get_num_threads()} thread(s)");
        while (Console.ReadLine() is { } line)
        {
            Console.WriteLine(line.Split(' ') switch
            {
                ["train", var steps] => $"{Train(int.Parse(steps)):R}",
                ["loss"] => $"{Loss():R}",
                ["pass"] => $"{trainee.PassSeconds:R}",
                _ => throw new InvalidOperationException(line),
            });
        }

        double Train(int steps)
        {
            var before = Environment.CpuUsage.TotalTime;
            for (int i = 0; i < steps; i++) trainee.Trainer.TakeStep();
            return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        }

        double Loss()
        {
            double loss = trainee.Loss();
            trainee.Trainer.TakeStep();
            return loss;
        }
    }

    public static void Report(int which, int rounds, int threads)
    {
        var (title, config) = All[which];
        string folder = Directory.CreateTempSubdirectory("ptune-prt-language-").FullName;
        try
        {
            RewardTrainee.Write(config, folder);
            File.WriteAllBytes(Path.Combine(folder, "rows.bin"), MemoryMarshal.AsBytes(Texts.Of(_rows, _rowTokens, config.Vocabulary).SelectMany(row => row.Ids).Select(id => (long)id).ToArray().AsSpan()).ToArray());
            using var alone = Ours(RewardTrainee.Alone);
            using var cached = Ours(RewardTrainee.Cached);
            using var passed = Ours(RewardTrainee.Passed);
            long[] shape = [config.Vocabulary, config.Width, config.Layers, config.Heads, config.KeyHeads, config.Inner];
            using var theirs = new Contender("/usr/bin/python3", Path.Combine(AppContext.BaseDirectory, "peer.py"), folder, string.Join(',', shape), $"{threads}");
            RequireSameCourse(cached, passed, theirs);
            Contender[] all = [alone, cached, passed, theirs];
            var seconds = Interleaved.Measure(rounds, warmups: 1, [.. all.Select(contender => (Func<double>)(() => contender.Train(1)))]);
            Console.WriteLine($"{title}: {_rows} x {_rowTokens} tokens a step, {rounds} rounds in turns; {theirs.Description}");
            string[] names = ["fine-tuning alone", "reward, states read", "reward, source passed", "PyTorch, both models"];
            foreach (var (name, i) in names.Select((name, i) => (name, i)))
                Console.WriteLine($"  {name,-24} {Spread.Of(seconds[i]).ToString(1000, "F0")} ms a step; peak {all[i].Peak:F0} MiB, {all[i].PeakOfTraining:F0} MiB of it by training");
            Console.WriteLine($"  the source's one pass    {cached.Pass() * 1000:F0} ms for a step's tokens");
            Ratio("states read / alone", 1, 0);
            Ratio("source passed / alone", 2, 0);
            Ratio("states read / PyTorch", 1, 3);

            void Ratio(string name, int one, int other) => Console.WriteLine(
                $"  {name,-24} time {Spread.OfRatios(seconds[one], seconds[other])}, peak {all[one].Peak / all[other].Peak:F2}, of training {all[one].PeakOfTraining / all[other].PeakOfTraining:F2}");

            Contender Ours(string mode) => new(Environment.ProcessPath!, typeof(TrainingCost).Assembly.Location, "ours", $"{which}", mode, folder, $"{threads}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The same weights on the same rows must give the same losses, after an optimizer's step too: else it is another training, and a ratio says nothing.
    private static void RequireSameCourse(params Contender[] all)
    {
        for (int step = 0; step < 2; step++)
        {
            double[] losses = [.. all.Select(contender => contender.Loss())];
            if (losses.Max() - losses.Min() > 2e-5 * losses.Max()) throw new InvalidOperationException($"Losses of step {step} differ: {string.Join(", ", losses)}.");
        }
    }
}
