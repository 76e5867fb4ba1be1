namespace Ptune.Silo.Tests.Support;

/// <summary>Specs as users write them.</summary>
public static class Specs
{
    /// <summary>Goes into a pool of its own name, so that no other test's worker takes it.</summary>
    public static string NoOp(string name, string pool = "default", int seed = 1) => $$"""
        apiVersion: ptune/v1
        kind: NoOp
        name: {{name}}
        seed: {{seed}}
        scheduling: { pool: {{pool}} }
        """;

    public static string Pretraining(IdxDataset data, string pool) => $$"""
        apiVersion: ptune/v1
        kind: Pretraining
        name: small
        data: { {{data.Yaml}}, split: pretraining }
        architecture: { kind: mlp, hidden: 4 }
        recipe: { epochs: 1 }
        scheduling: { pool: {{pool}} }
        """;

    public static string FineTuning(IdxDataset data, string model) => $$"""
        apiVersion: ptune/v1
        kind: FineTuning
        name: tuned
        data: { {{data.Yaml}}, split: tuning }
        base: {{model}}
        """;

    public static string Study(IdxDataset data, string pool, string model = "{ architecture: { kind: mlp, hidden: 4 }, pretraining: { recipe: { epochs: 1 } } }") => $$"""
        apiVersion: ptune/v1
        kind: TransferStudy
        name: small
        {{data.YamlLines}}
        models:
          a@v1: { architecture: { kind: mlp, hidden: 4 }, pretraining: { recipe: { epochs: 1 } } }
          b@v1: {{model}}
        source: a@v1
        targets: [b@v1]
        seeds: [1]
        tuningExamples: 4
        scheduling: { pool: {{pool}} }
        """;

    /// <summary>Two trials of pretraining.</summary>
    public static string Sweep(IdxDataset data, string pool, string more = "") => $$"""
        apiVersion: ptune/v1
        kind: Sweep
        name: searched
        job:
          kind: Pretraining
          data: { {{data.Yaml}}, split: pretraining }
          architecture: { kind: mlp, hidden: 4 }
          recipe: { epochs: 1 }
        vary:
          recipe.batchSize: { values: [2, 4] }
        scheduling: { pool: {{pool}} }
        {{more}}
        """;

    /// <summary>4 trials of 1 epoch, of which 2 go on to 2 epochs, and 1 to 4.</summary>
    public static string EarlyStopping(IdxDataset data, string pool) => $$"""
        apiVersion: ptune/v1
        kind: Sweep
        name: stopped-early
        job:
          kind: Pretraining
          data: { {{data.Yaml}}, split: pretraining }
          architecture: { kind: mlp, hidden: 4 }
          recipe: { epochs: 4 }
        method: asha
        asha: { reduction: 2, minEpochs: 1 }
        trials: 4
        vary:
          recipe.learningRate: { min: 0.001, max: 0.1, scale: log }
        scheduling: { pool: {{pool}} }
        """;
}
