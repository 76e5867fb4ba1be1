using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Tuning;
using Ptune.Tensors.Bench;
using static TorchSharp.torch;

namespace Ptune.Prt.Bench;

/// <summary>What a checkpoint takes from the training: steps with one among them against the same steps without.</summary>
internal static class Checkpoints
{
    private const double _perMinute = 60;

    public static void Report(string name, ArchitectureSpec architecture, int steps, int rounds)
    {
        using var examples = new ExampleTensors(SyntheticImages.Of(500), CPU);
        var folder = Directory.CreateTempSubdirectory("ptune-checkpoints-").FullName;
        long bytes = 0;
        var seconds = Interleaved.Measure(rounds, 1, () => Run(int.MaxValue), () => Run(steps / 2));
        var stalls = seconds[1].Zip(seconds[0], (with, without) => with - without).ToArray();
        Console.WriteLine($"{name}, checkpoint of {bytes / 1e6:F1} MB: {rounds} rounds of {steps} steps with one checkpoint, in turns with {steps} without");
        Console.WriteLine($"  a checkpoint adds           {Spread.Of(stalls).ToString(1000, "F1")} ms to {Spread.Of(seconds[0]).ToString(1000.0 / steps, "F1")} ms a step");
        Console.WriteLine($"  at one a minute             {Spread.Of(stalls).ToString(100 / _perMinute, "F3")} % of the training's time");
        Directory.Delete(folder, recursive: true);

        double Run(int every)
        {
            using var network = Networks.Fresh(architecture, 1, trainable: true);
            // As many steps as make the whole: the last one writes none.
            var recipe = new TrainingRecipe { Epochs = steps, BatchSize = examples.Count, CheckpointEverySteps = every };
            using var trainer = new ImageTrainer(network, examples, Objective.CrossEntropy, recipe, 1);
            return Interleaved.Time(() => trainer.Run(new TrainingControl
            {
                Identity = new CheckpointIdentity("bench", "bench", "bench"),
                Folder = folder,
                OnCheckpoint = (file, _) => bytes = new FileInfo(file).Length,
            }));
        }
    }
}
