using System.ComponentModel;

namespace Ptune.Contracts.Specs;

/// <summary>Trains a foundation model from fresh weights. Makes a <see cref="ArtifactKind.Model"/>.</summary>
[GenerateSerializer, Alias("ptune.PretrainingSpec")]
public sealed record PretrainingSpec : JobSpec
{
    [Id(0), Description("The examples to learn from.")]
    public required DataSpec Data { get; init; }

    [Id(1), Description("The network architecture.")]
    public required ArchitectureSpec Architecture { get; init; }

    [Id(2), Description("How it is trained.")]
    public required TrainingRecipe Recipe { get; init; }

    [Id(3), Description("Seed of the weights and of the order of the examples. Default: 1.")]
    public long Seed { get; init; } = 1;

    [Id(4), Description("The tokenizer, of a language model.")]
    public TokenizerSpec? Tokenizer { get; init; }

    [Id(5), Description("A model whose weights are the start instead of fresh ones, of a language model: continued pretraining, name@version, sha256:... or job:... Default: none.")]
    public string? Continues { get; init; }

    public override IEnumerable<JobInput> Inputs() => Continues is null ? [] : [new("base", "continues", Continues, ArtifactKind.Model)];

    public override DataSpec? Examples() => Data;

    public override ArtifactKind Produces() => ArtifactKind.Model;

    public override TrainingRecipe? Training() => Recipe;

    public override int RecipeVersion() => 1;

    public override IEnumerable<string> Uploads() => [.. base.Uploads(), .. Tokenizer is { Location: IDatasetSpec.Uploads } tokenizer ? [tokenizer.File.Sha256] : Array.Empty<string>()];

    public override JobSpec WithInputs(Func<string, string> resolve) => this with { Continues = Continues is null ? null : resolve(Continues) };
}
