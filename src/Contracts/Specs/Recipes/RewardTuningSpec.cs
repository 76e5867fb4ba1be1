using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>
/// Portable Reward Tuning (arXiv 2502.12776): trains r beside the frozen source f on the cross-entropy of
/// softmax(log_softmax(f(x)) + r(x) / lambda). Of labelled texts and of multiple choice, r is over the labels or choices, which have no tokenizer; of other texts over tokens.
/// Makes a <see cref="ArtifactKind.Reward"/>.
/// </summary>
[GenerateSerializer, Alias("ptune.RewardTuningSpec")]
public sealed record RewardTuningSpec : JobSpec
{
    [Id(0), Description("The examples to learn from.")]
    public required DataSpec Data { get; init; }

    [Id(1), Description("The frozen foundation model beside which the reward is trained: name@version, sha256:... or job:...")]
    public required string Source { get; init; }

    [Id(2), Description("How the reward is trained.")]
    public TrainingRecipe Recipe { get; init; } = new();

    [Id(3), Description("The reward's weights at the start: source, zeroHead or scratch. Default: zeroHead over tokens; source over labels or choices, of images and with LoRA.")]
    public RewardInitialization Initialization { get; init; } = RewardInitialization.Source;

    [Id(4), Range(0.001, 1000), Description("The temperature of the reward, the same in training and inference. Default: 1.")]
    public double Lambda { get; init; } = 1;

    [Id(5), Description("Seed of fresh weights and of the order of the examples. Default: 1.")]
    public long Seed { get; init; } = 1;

    [Id(6), Description("What is trained, of texts: full, or lora on the source's own weights, whose artifact needs the source. Default: full.")]
    public TuningMethod? Method { get; init; }

    [Id(7), Description("An architecture of the reward's own, with fresh weights and the source's tokens: it may be smaller than the source, or of another family. Default: the source's.")]
    public ArchitectureSpec? Architecture { get; init; }

    public override IEnumerable<JobInput> Inputs() => [new("source", "source", Source, ArtifactKind.Model)];

    public override DataSpec? Examples() => Data;

    public override ArtifactKind Produces() => ArtifactKind.Reward;

    public override TrainingRecipe? Training() => Recipe;

    // Of labelled texts the reward is over labels, and not over tokens, since 2.
    public override int RecipeVersion() => Data.Dataset is TextDatasetSpec { Shape: TextFormat.TextLabel } ? 2 : 1;

    public override JobSpec WithInputs(Func<string, string> resolve) => this with { Source = resolve(Source) };
}
