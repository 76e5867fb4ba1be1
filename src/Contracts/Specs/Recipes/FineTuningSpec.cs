using System.ComponentModel;

namespace Ptune.Contracts.Specs;

/// <summary>Trains all weights of a model further on a task. Makes a <see cref="ArtifactKind.Model"/>.</summary>
[GenerateSerializer, Alias("ptune.FineTuningSpec")]
public sealed record FineTuningSpec : JobSpec
{
    [Id(0), Description("The examples to learn from.")]
    public required DataSpec Data { get; init; }

    [Id(1), Description("The model to start from: name@version, sha256:... or job:...")]
    public required string Base { get; init; }

    [Id(2), Description("How it is trained.")]
    public TrainingRecipe Recipe { get; init; } = new();

    [Id(3), Description("Seed of the order of the examples. Default: 1.")]
    public long Seed { get; init; } = 1;

    public override IEnumerable<JobInput> Inputs() => [new("base", "base", Base, ArtifactKind.Model)];

    public override DataSpec? Examples() => Data;

    public override ArtifactKind Produces() => ArtifactKind.Model;

    public override TrainingRecipe? Training() => Recipe;

    public override int RecipeVersion() => 1;

    public override JobSpec WithInputs(Func<string, string> resolve) => this with { Base = resolve(Base) };
}
