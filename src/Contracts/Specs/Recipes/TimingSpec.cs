using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>
/// What it costs to use what a language model carries: the seconds from the artifacts on the worker's disk to the first answer, and the time of answers relative to those of another
/// model. Makes an <see cref="ArtifactKind.Evaluation"/>.
/// </summary>
[GenerateSerializer, Alias("ptune.TimingSpec")]
public sealed record TimingSpec : JobSpec
{
    /// <summary>The role of the model that is timed.</summary>
    public const string SubjectInput = "subject";

    /// <summary>The role of the model that it is compared with.</summary>
    public const string AgainstInput = "against";

    /// <summary>Rows of tokens that are answered at once, and tokens of a row at most.</summary>
    public const int Rows = 2, RowTokens = 128;

    [Id(0), Description("The model that is timed: name@version, sha256:... or job:... Left out, the rewards are timed alone.")]
    public string? Subject { get; init; }

    [Id(1), Description("A patch that is hung on it. Default: none.")]
    public string? Patch { get; init; }

    [Id(2), MinLength(1), MaxLength(CarriedInputs.MaxRewards), Description("Rewards that are added to what it says. Default: none.")]
    public RewardUse[]? Rewards { get; init; }

    [Id(3), Description("Emulated fine-tuning beside it. Default: none.")]
    public EmulatedUse? Emulated { get; init; }

    [Id(4), Description("The model that the time of an answer is relative to, as a rule the same one without what it carries. Default: none; only the time until the first answer is measured.")]
    public string? Against { get; init; }

    [Id(5), Description("What they compute in: float32 or bfloat16. Default: float32.")]
    public ComputeType? Dtype { get; init; }

    public override IEnumerable<JobInput> Inputs()
    {
        if (Subject is not null) yield return new(SubjectInput, "subject", Subject, ArtifactKind.Model);
        if (Patch is not null) yield return new("patch", "patch", Patch, ArtifactKind.Patch);
        foreach (var input in CarriedInputs.Of(Rewards, Emulated)) yield return input;
        if (Against is not null) yield return new(AgainstInput, "against", Against, ArtifactKind.Model);
    }

    public override DataSpec? Examples() => null;

    public override ArtifactKind Produces() => ArtifactKind.Evaluation;

    public override TrainingRecipe? Training() => null;

    public override int RecipeVersion() => 1;

    public override JobSpec WithInputs(Func<string, string> resolve) =>
        this with
        {
            Subject = Subject is null ? null : resolve(Subject),
            Patch = Patch is null ? null : resolve(Patch),
            Rewards = CarriedInputs.Resolved(Rewards, resolve),
            Emulated = CarriedInputs.Resolved(Emulated, resolve),
            Against = Against is null ? null : resolve(Against),
        };
}
