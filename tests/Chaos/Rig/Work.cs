using Ptune.Fixtures.Data;

namespace Ptune.Chaos.Tests.Rig;

/// <summary>What a round computes: trainings that can be killed in, and jobs that only go the whole way.</summary>
internal sealed class Work(string folder)
{
    private readonly string _dataset = TinyImages.Write(folder, train: 1500, test: 200);

    /// <summary>How many steps a training has.</summary>
    public const int Steps = 25 * 1000 / 50;

    public string Training(int seed) => $$"""
        apiVersion: ptune/v1
        kind: Pretraining
        name: training-{{seed}}
        seed: {{seed}}
        data:
          {{_dataset.Replace("\n", "\n  ", StringComparison.Ordinal)}}
          splits: { pretraining: 1000, tuning: 300, validation: 200 }
          split: pretraining
        architecture: { kind: vit, patch: 4, dim: 32, depth: 2, heads: 2 }
        recipe: { epochs: 25, batchSize: 50, learningRate: 0.002, checkpointEverySteps: 10 }
        scheduling: { maxAttempts: 20 }
        """;

    public static string NoOp(int seed) => $$"""
        apiVersion: ptune/v1
        kind: NoOp
        name: nothing-{{seed}}
        seed: {{seed}}
        scheduling: { priority: 600, maxAttempts: 20 }
        """;
}
