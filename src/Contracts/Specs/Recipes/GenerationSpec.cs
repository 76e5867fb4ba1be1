using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>
/// Lets a language model write. Prompts are given by exactly one of prompts, conversations and promptIds. What is left out comes from the model's
/// generation_config.json, else it is greedy. Makes an <see cref="ArtifactKind.Generation"/>.
/// </summary>
[GenerateSerializer, Alias("ptune.GenerationSpec")]
public sealed record GenerationSpec : JobSpec
{
    /// <summary>The most prompts of a job.</summary>
    public const int MaxPrompts = 10_000;

    [Id(0), Description("The model: name@version, sha256:... or job:...")]
    public required string Model { get; init; }

    [Id(1), Description("A patch that is hung on the model. Default: none.")]
    public string? Patch { get; init; }

    [Id(2), MinLength(1), MaxLength(MaxPrompts), Description("Texts to continue.")]
    public string[]? Prompts { get; init; }

    [Id(3), MinLength(1), MaxLength(MaxPrompts), Description("Conversations to answer, each as JSON: {\"messages\": [{\"role\": \"user\", \"content\": \"...\"}]}, and tools, documents and kwargs of the chat template where it takes them.")]
    public string[]? Conversations { get; init; }

    [Id(4), MinLength(1), MaxLength(MaxPrompts), Description("Token ids to continue; the answers are ids only.")]
    public int[][]? PromptIds { get; init; }

    [Id(5), Range(0, 100), Description("Temperature; 0 is greedy. Default: the model's.")]
    public double? Temperature { get; init; }

    [Id(6), Range(0, 10_000_000), Description("Draw from this many likeliest tokens only. Default: the model's.")]
    public int? TopK { get; init; }

    [Id(7), Range(0, 1), Description("Draw from the likeliest tokens that have this probability together. Default: the model's.")]
    public double? TopP { get; init; }

    [Id(8), Range(0, 100, MinimumIsExclusive = true), Description("Repetition penalty. Default: the model's.")]
    public double? RepetitionPenalty { get; init; }

    [Id(9), Range(1, 1_000_000), Description("New tokens at most. Default: the model's, else 256.")]
    public int? MaxTokens { get; init; }

    [Id(10), MaxLength(16), Description("Texts that end an answer, which ends before them. Default: none.")]
    public string[]? Stop { get; init; }

    [Id(11), Description("Whether the answer goes on past end tokens. Default: false.")]
    public bool? IgnoreEos { get; init; }

    [Id(12), Description("Seed of the draws. Default: 0.")]
    public long Seed { get; init; }

    [Id(13), Description("What is computed in: float32 or bfloat16. Default: float32.")]
    public ComputeType? Dtype { get; init; }

    [Id(14), Description("A Jinja chat template instead of the model's own.")]
    public string? Template { get; init; }

    [Id(15), MaxLength(40), Description("The time that the template sees, as ISO 8601. Default: none; a template that asks for the time is then refused.")]
    public string? Now { get; init; }

    [Id(16), MinLength(1), MaxLength(CarriedInputs.MaxRewards), Description("Rewards that are added to what the model says: the distribution is softmax(log_softmax(model) + sum of weight r / lambda). Default: none.")]
    public RewardUse[]? Rewards { get; init; }

    [Id(17), Description("Emulated fine-tuning beside the model: weight (tuned - source) is added to its log-probabilities. Default: none.")]
    public EmulatedUse? Emulated { get; init; }

    [Id(24), Description("Examples that stand before each of the prompts. Default: none.")]
    public FewShot? FewShot { get; init; }

    public override IEnumerable<JobInput> Inputs()
    {
        yield return new("model", "model", Model, ArtifactKind.Model);
        if (Patch is not null) yield return new("patch", "patch", Patch, ArtifactKind.Patch);
        foreach (var input in CarriedInputs.Of(Rewards, Emulated)) yield return input;
    }

    public override DataSpec? Examples() => null;

    public override IEnumerable<string> Uploads() => FewShot?.Uploads() ?? [];

    public override ArtifactKind Produces() => ArtifactKind.Generation;

    public override TrainingRecipe? Training() => null;

    public override int RecipeVersion() => 1;

    public override JobSpec WithInputs(Func<string, string> resolve) =>
        this with
        {
            Model = resolve(Model),
            Patch = Patch is null ? null : resolve(Patch),
            Rewards = CarriedInputs.Resolved(Rewards, resolve),
            Emulated = CarriedInputs.Resolved(Emulated, resolve),
        };
}
