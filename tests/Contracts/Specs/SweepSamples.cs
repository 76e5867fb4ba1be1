namespace Ptune.Contracts.Tests.Specs;

internal static class SweepSamples
{
    public const string Dataset = """
            dataset:
              name: tiny
              location: /data/tiny
              files:
                trainImages: { path: train-images, sha256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa }
                trainLabels: { path: train-labels, sha256: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb }
                testImages: { path: test-images, sha256: cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc }
                testLabels: { path: test-labels, sha256: dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd }
              labels: [even, odd]
        """;

    public const string Sweep = $$"""
        apiVersion: ptune/v1
        kind: Sweep
        name: sample
        job:
          kind: RewardTuning
          data:
        {{Dataset}}
            split: tuning
            count: 100
          source: sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee
          recipe: { epochs: 30 }
        vary:
          recipe.learningRate: { min: 0.0001, max: 0.01, scale: log }
          recipe.batchSize: { values: [32, 64] }
        method: asha
        trials: 16
        asha: { reduction: 3, minEpochs: 2 }
        """;

    public static string With(params (string Line, string Replacement)[] changes)
    {
        var text = Sweep;
        foreach (var (line, replacement) in changes)
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
            text = text.Replace(line, replacement, StringComparison.Ordinal);
        }
        return text;
    }
}
