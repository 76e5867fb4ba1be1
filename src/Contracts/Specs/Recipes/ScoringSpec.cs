using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>
/// One pass of a model or a reward over a split, kept: log_softmax(f(x)) of a model, r(x) of a reward. A matrix of N rewards and
/// M targets is then combined in memory from N + M passes. Of a language model: each example's log-probability, tokens and bytes. Makes
/// <see cref="ArtifactKind.Scores"/>, [n, labels] in f32, or [n] in f64.
/// </summary>
[GenerateSerializer, Alias("ptune.ScoringSpec")]
public sealed record ScoringSpec : JobSpec
{
    [Id(0), Description("The examples to score.")]
    public required DataSpec Data { get; init; }

    [Id(1), Description("The model or reward: name@version, sha256:... or job:...")]
    public required string Subject { get; init; }

    [Id(2), Description("What the subject is: model or reward. Default: model.")]
    public ArtifactKind SubjectKind { get; init; } = ArtifactKind.Model;

    [Id(3), Description("A patch that is hung on the subject. Default: none.")]
    public string? Patch { get; init; }

    [Id(4), MinLength(1), MaxLength(CarriedInputs.MaxRewards), Description("Rewards that are added to what the subject says: the distribution is softmax(log_softmax(subject) + sum of weight r / lambda). Default: none.")]
    public RewardUse[]? Rewards { get; init; }

    [Id(5), Description("Emulated fine-tuning beside the subject: weight (tuned - source) is added to its log-probabilities. Default: none.")]
    public EmulatedUse? Emulated { get; init; }

    [Id(6), MaxLength(LabelPrompts.MaxLength), Description(LabelPrompts.Text)]
    public string? LabelPrompt { get; init; }

    public override IEnumerable<JobInput> Inputs()
    {
        yield return new("subject", "subject", Subject, SubjectKind);
        if (Patch is not null) yield return new("patch", "patch", Patch, ArtifactKind.Patch);
        foreach (var input in CarriedInputs.Of(Rewards, Emulated)) yield return input;
    }

    public override DataSpec? Examples() => Data;

    public override ArtifactKind Produces() => ArtifactKind.Scores;

    public override TrainingRecipe? Training() => null;

    public override int RecipeVersion() => 1;

    public override JobSpec WithInputs(Func<string, string> resolve) =>
        this with
        {
            Subject = resolve(Subject),
            Patch = Patch is null ? null : resolve(Patch),
            Rewards = CarriedInputs.Resolved(Rewards, resolve),
            Emulated = CarriedInputs.Resolved(Emulated, resolve),
        };
}
