namespace Ptune.Cli.Tests.Support;

/// <summary>Specs to hand to the client.</summary>
internal static class SampleSpecs
{
    /// <summary>Its location is a folder that every machine has, with files that are there.</summary>
    public static string Study(Client client, string name = "sample") => client.Write("study.yaml", $$"""
        apiVersion: ptune/v1
        kind: TransferStudy
        name: {{name}}
        dataset: {{Dataset(client)}}
        models:
          vit@v1:
            architecture: { kind: vit }
            pretraining: { count: 100, recipe: { epochs: 2 } }
          cnn@v1:
            architecture: { kind: cnn }
            pretraining: { recipe: { epochs: 2 } }
          mlp@v1:
            architecture: { kind: mlp, hidden: 32 }
            pretraining: { recipe: { epochs: 2 } }
        source: vit@v1
        targets: [cnn@v1, mlp@v1]
        """);

    public static string Job(Client client) => client.Write("job.yaml", $$"""
        apiVersion: ptune/v1
        kind: Pretraining
        name: pretrain-vit
        data: { dataset: {{Dataset(client)}}, split: pretraining, count: 100 }
        architecture: { kind: vit }
        recipe: { epochs: 2 }
        """);

    public static string Sweep(Client client) => client.Write("sweep.yaml", $$"""
        apiVersion: ptune/v1
        kind: Sweep
        name: searched
        job:
          kind: Pretraining
          data: { dataset: {{Dataset(client)}}, split: pretraining, count: 100 }
          architecture: { kind: vit }
          recipe: { epochs: 2 }
        vary:
          recipe.learningRate: { min: 0.0001, max: 0.01, scale: log }
          recipe.schedule: { values: [cosine, constant] }
        method: random
        trials: 3
        """);

    private static string Dataset(Client client)
    {
        client.Write("images", "");
        var files = string.Join(", ", new[] { "trainImages", "trainLabels", "testImages", "testLabels" }.Select((f, i) => $"{f}: {{ path: images, sha256: {new string("abcd"[i], 64)} }}"));
        return $"{{ name: tiny, location: {client.Folder}, labels: [even, odd], files: {{ {files} }} }}";
    }
}
