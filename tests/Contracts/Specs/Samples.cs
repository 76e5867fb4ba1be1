namespace Ptune.Contracts.Tests.Specs;

internal static class Samples
{
    public const string Study = """
        apiVersion: ptune/v1
        kind: TransferStudy
        name: sample
        dataset:
          name: tiny
          location: /data/tiny
          files:
            trainImages: { path: train-images, sha256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa }
            trainLabels: { path: train-labels, sha256: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb }
            testImages: { path: test-images, sha256: cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc }
            testLabels: { path: test-labels, sha256: dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd }
          labels: [even, odd]
        models:
          vit@v1:
            architecture: { kind: vit }
            pretraining: { count: 100, recipe: { epochs: 2 } }
          mlp@v1:
            architecture: { kind: mlp, hidden: 32 }
            pretraining: { recipe: { epochs: 2 } }
        source: vit@v1
        targets: [mlp@v1]
        """;

    public static string With(string line, string replacement)
    {
        Assert.Contains(line, Study, StringComparison.Ordinal);
        return Study.Replace(line, replacement, StringComparison.Ordinal);
    }
}
