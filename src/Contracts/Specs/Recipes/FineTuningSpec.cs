using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>
/// Trains a model further on a task: all its weights, or by another <see cref="TuningMethod"/>. Pairs of responses are learnt by direct preference
/// optimization (arXiv 2305.18290). Makes a <see cref="ArtifactKind.Model"/> or a <see cref="ArtifactKind.Patch"/>.
/// </summary>
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

    [Id(4), Description("What is trained: full, head, lora, adapter or softPrompt. Images have the first three. Default: full.")]
    public TuningMethod? Method { get; init; }

    [Id(5), Description("General data to mix in, of texts. Default: none.")]
    public MixSpec? Mix { get; init; }

    [Id(6), Range(0, 100, MinimumIsExclusive = true), Description("How strongly the base holds, where preferences are learnt (the beta of DPO). Default: 0.1.")]
    public double? Beta { get; init; }

    public override IEnumerable<JobInput> Inputs() => [new("base", "base", Base, ArtifactKind.Model)];

    public override DataSpec? Examples() => Data;

    public override ArtifactKind Produces() => Method?.Makes() ?? ArtifactKind.Model;

    public override TrainingRecipe? Training() => Recipe;

    // Labelled texts that are too long lose their end, and not their label, since 2. Before 2, preferences were learnt without the early stopping that was asked for.
    public override int RecipeVersion() => Data.Dataset switch
    {
        TextDatasetSpec { Shape: TextFormat.TextLabel } => 2,
        TextDatasetSpec { Shape: TextFormat.Preference } when Recipe.EarlyStopping is not null => 2,
        _ => 1,
    };

    public override IEnumerable<string> Uploads() =>
        [.. base.Uploads(), .. Mix is { Data.Dataset: { Location: IDatasetSpec.Uploads } mixed } ? mixed.Declared().Select(f => f.File.Sha256) : []];

    public override JobSpec WithInputs(Func<string, string> resolve) => this with { Base = resolve(Base) };
}
