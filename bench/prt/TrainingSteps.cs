using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Evaluation;
using Ptune.Learning.Models;
using Ptune.Learning.Tuning;
using Ptune.Tensors.Bench;
using static TorchSharp.torch;

namespace Ptune.Prt.Bench;

/// <summary>A step of reward tuning against a step of plain fine-tuning of the same network; then whole runs, where the base's one pass counts too.</summary>
internal static class TrainingSteps
{
    private const int _steps = 20;
    private const int _warmups = 5;

    /// <summary>The main job's number of labelled images.</summary>
    private const int _labelled = 500;

    public static void Report(string name, ArchitectureSpec architecture, int rounds)
    {
        using var examples = new ExampleTensors(SyntheticImages.Of(_labelled), CPU);
        var endless = new TrainingRecipe { Epochs = 1_000_000 };
        using var source = Networks.Fresh(architecture, 1);
        using var baseLogProbs = Scorer.Score(source, NetworkRole.Model, examples);
        using ImageClassifier plain = Networks.Fresh(architecture, 1, trainable: true), reward = Networks.Fresh(architecture, 1, trainable: true), naive = Networks.Fresh(architecture, 1, trainable: true);
        using var fineTuning = new ImageTrainer(plain, examples, Objective.CrossEntropy, endless, 1);
        using var rewardTuning = new ImageTrainer(reward, examples, new Objective(baseLogProbs, 1), endless, 1);
        using var naiveTuning = new NaiveTuning(source, naive, examples, endless, 1);
        var seconds = Interleaved.Measure(
            rounds, _warmups, () => Repeat(() => fineTuning.TakeStep()), () => Repeat(() => rewardTuning.TakeStep()), () => Repeat(naiveTuning.TakeStep));

        Console.WriteLine($"{name}: {rounds} rounds of {_steps} steps, batch {endless.BatchSize}");
        Console.WriteLine($"  fine-tuning step            {Spread.Of(seconds[0]).ToString(1000.0 / _steps, "F3")} ms");
        Console.WriteLine($"  PRT step, cached / plain    {Spread.OfRatios(seconds[1], seconds[0]).ToString(1, "F3")}");
        Console.WriteLine($"  PRT step, naive / plain     {Spread.OfRatios(seconds[2], seconds[0]).ToString(1, "F3")}");
        Console.WriteLine($"  PRT step, naive / cached    {Spread.OfRatios(seconds[2], seconds[1]).ToString(1, "F3")}");
        ReportRuns(architecture, examples, Math.Max(3, rounds / 6));
    }

    private static void ReportRuns(ArchitectureSpec architecture, ExampleTensors examples, int rounds)
    {
        var recipe = new TrainingRecipe();
        var seconds = Interleaved.Measure(rounds, 1, () => Run(false), () => Run(true));
        Console.WriteLine($"  whole run, PRT / plain      {Spread.OfRatios(seconds[1], seconds[0]).ToString(1, "F3")}   ({examples.Count} images, {recipe.Epochs} epochs, the base's pass included; {rounds} rounds)");

        double Run(bool isReward) => Interleaved.Time(() =>
        {
            using var network = Networks.Fresh(architecture, 1, trainable: true);
            using var baseLogProbs = isReward ? Scorer.Score(network, NetworkRole.Model, examples) : null;
            using var trainer = new ImageTrainer(network, examples, new Objective(baseLogProbs, 1), recipe, 1);
            while (trainer.Step < trainer.TotalSteps) trainer.TakeStep();
        });
    }

    private static double Repeat(Action step) => Interleaved.Time(() =>
    {
        for (int i = 0; i < _steps; i++) step();
    });
}
