using Ptune.Learning.Data;
using Ptune.Learning.Evaluation;
using Ptune.Learning.Models;
using Ptune.Learning.Transfer;
using Ptune.Tensors.Bench;
using static TorchSharp.torch;

namespace Ptune.Prt.Bench;

/// <summary>N rewards on M targets: N + M passes and arithmetic against a pass of both networks for every cell.</summary>
internal static class Matrix
{
    private const int _images = 2000;

    /// <param name="rewards">How many rewards, all on the ViT as in the main job.</param>
    /// <param name="targets">How many targets, the architectures in turn.</param>
    /// <param name="rounds">How often each way is timed.</param>
    public static void Report(int rewards, int targets, int rounds)
    {
        using var examples = new ExampleTensors(SyntheticImages.Of(_images), CPU);
        ImageClassifier[] rewardNetworks = [.. Enumerable.Range(0, rewards).Select(k => Networks.Fresh(Networks.All[0].Architecture, 100 + k))];
        ImageClassifier[] targetNetworks = [.. Enumerable.Range(0, targets).Select(k => Networks.Fresh(Networks.All[k % Networks.All.Length].Architecture, k))];
        double[,] cells = new double[rewards, targets], passes = new double[rewards, targets];
        var seconds = Interleaved.Measure(
            rounds,
            1,
            () => Interleaved.Time(() => CellByCell(rewardNetworks, targetNetworks, examples, cells)),
            () => Interleaved.Time(() => ByPasses(rewardNetworks, targetNetworks, examples, passes)));
        RequireSame(cells, passes);
        foreach (var network in rewardNetworks.Concat(targetNetworks)) network.Dispose();

        Console.WriteLine($"{rewards} rewards x {targets} targets on {_images} images, {rounds} rounds; both ways find the same accuracies");
        Console.WriteLine($"  cell by cell                {Spread.Of(seconds[0])} s");
        Console.WriteLine($"  N + M passes                {Spread.Of(seconds[1])} s");
        Console.WriteLine($"  passes / cell by cell       {Spread.OfRatios(seconds[1], seconds[0]).ToString(1, "F3")}   (networks run: {rewards + targets} / {2 * rewards * targets} = {(double)(rewards + targets) / (2 * rewards * targets):F3})");
    }

    private static void CellByCell(ImageClassifier[] rewards, ImageClassifier[] targets, ExampleTensors examples, double[,] accuracies)
    {
        using var _ = no_grad();
        for (int r = 0; r < rewards.Length; r++)
        {
            for (int t = 0; t < targets.Length; t++)
            {
                using var scope = NewDisposeScope();
                var port = new PortedClassifier(targets[t], (rewards[r], 1));
                var scores = empty(examples.Count, SyntheticImages.Labels);
                for (int start = 0; start < examples.Count; start += Scorer.BatchSize)
                {
                    int count = Math.Min(Scorer.BatchSize, examples.Count - start);
                    using var batch = NewDisposeScope();
                    scores.narrow(0, start, count).copy_(port.Forward(examples.Images(start, count)));
                }

                accuracies[r, t] = CorrectPredictions.Of(Scorer.ToTable(scores), examples.Examples.Labels).Accuracy;
            }
        }
    }

    private static void ByPasses(ImageClassifier[] rewards, ImageClassifier[] targets, ExampleTensors examples, double[,] accuracies)
    {
        var rewardTables = Array.ConvertAll(rewards, network => Pass(network, NetworkRole.Reward));
        var targetTables = Array.ConvertAll(targets, network => Pass(network, NetworkRole.Model));
        for (int r = 0; r < rewards.Length; r++)
        {
            for (int t = 0; t < targets.Length; t++)
                accuracies[r, t] = CorrectPredictions.Of(Combination.Port(targetTables[t], (rewardTables[r], 1)), examples.Examples.Labels).Accuracy;
        }

        ScoreTable Pass(ImageClassifier network, NetworkRole role)
        {
            using var scores = Scorer.Score(network, role, examples);
            return Scorer.ToTable(scores);
        }
    }

    // Two labels that are equal but for the last bit may fall either way; nothing else may differ.
    private static void RequireSame(double[,] cells, double[,] passes)
    {
        for (int r = 0; r < cells.GetLength(0); r++)
        {
            for (int t = 0; t < cells.GetLength(1); t++)
            {
                if (Math.Abs(cells[r, t] - passes[r, t]) > 1.5 / _images)
                    throw new InvalidOperationException($"Cell {r}, {t}: {cells[r, t]} cell by cell, {passes[r, t]} by passes.");
            }
        }
    }
}
