namespace Ptune.Fixtures.Data;

/// <summary>
/// A small transfer study. Its rewards, which most tests disturb, may learn for long; whatever else learns only does as much as it needs. It says <c>labels</c>, the former name of <c>tuningExamples</c>: upgrades
/// submit it to earlier builds, too.
/// </summary>
public static class TinyStudy
{
    /// <param name="dataset">The data set's part of the spec.</param>
    /// <param name="tuningEpochs">Passes of every reward.</param>
    /// <param name="withCnn">True to carry to one more target.</param>
    /// <param name="seeds">How many seeds it repeats everything with.</param>
    public static string Spec(string dataset, int tuningEpochs = 20, bool withCnn = false, int seeds = 2) => $$"""
        apiVersion: ptune/v1
        kind: TransferStudy
        name: tiny-transfer
        {{dataset}}
        splits: { pretraining: 2000, tuning: 600, validation: 400 }
        shift: { kind: occlusion, size: 4 }
        models:
          vit@v1:
            architecture: { kind: vit, patch: 4, dim: 32, depth: 2, heads: 2 }
            pretraining: { seed: 1, count: 600, recipe: { epochs: 3, learningRate: 0.002 } }
          mlp@v1:
            architecture: { kind: mlp, hidden: 64, depth: 2 }
            pretraining: { seed: 2, recipe: { epochs: 3, learningRate: 0.002 } }
        {{(withCnn ? """
          cnn@v1:
            architecture: { kind: cnn, channels: 4, hidden: 32 }
            pretraining: { seed: 3, recipe: { epochs: 3, learningRate: 0.002 } }
        """ : "")}}
        source: vit@v1
        targets: [{{(withCnn ? "mlp@v1, cnn@v1" : "mlp@v1")}}]
        seeds: [{{string.Join(", ", Enumerable.Range(1, seeds))}}]
        labels: 400
        reward: { recipe: { epochs: {{tuningEpochs}}, checkpointEverySteps: 10 } }
        fineTuning: { epochs: {{Math.Min(tuningEpochs, 5)}}, checkpointEverySteps: 10 }
        """;
}
