using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>
/// The honest comparison on one target: from cached scores the accuracy of bare, reward alone, EFT, ported and retrained, McNemar's
/// paired test, eps = KL(source || target) and C; from models the cost of inference; of a language model what a task asks. What is not given is not measured.
/// Makes an <see cref="ArtifactKind.Evaluation"/>.
/// </summary>
[GenerateSerializer, Alias("ptune.EvaluationSpec")]
public sealed record EvaluationSpec : JobSpec
{
    [Id(0), Description("The examples that the scores were made from; their labels are read.")]
    public required DataSpec Data { get; init; }

    [Id(1), Description("Scores to compare.")]
    public EvaluationScores? Scores { get; init; }

    [Id(2), Description("Models whose inference cost is measured.")]
    public EvaluationModels? Models { get; init; }

    [Id(3), Range(0.001, 1000), Description("The reward's temperature, as in its training. Default: 1.")]
    public double Lambda { get; init; } = 1;

    [Id(4), Description("A model to judge by a task (accuracy, of images): name@version, sha256:... or job:... Left out, the rewards are judged alone.")]
    public string? Subject { get; init; }

    [Id(5), Description("A patch that is hung on the subject. Default: none.")]
    public string? Patch { get; init; }

    [Id(6), Description("What the subject is asked, and how its answers are judged. Default: as the data's format suggests.")]
    public TaskSpec? Task { get; init; }

    [Id(7), Description("What the subject computes in: float32 or bfloat16. Default: float32.")]
    public ComputeType? Dtype { get; init; }

    [Id(8), MinLength(1), MaxLength(CarriedInputs.MaxRewards), Description("Rewards that are added to what the subject says: the distribution is softmax(log_softmax(subject) + sum of weight r / lambda). Default: none.")]
    public RewardUse[]? Rewards { get; init; }

    [Id(9), Description("Emulated fine-tuning beside the subject: weight (tuned - source) is added to its log-probabilities. Default: none.")]
    public EmulatedUse? Emulated { get; init; }

    [Id(10), Description("The model that the patch or the rewards were tuned on. Gives eps = KL(source || subject), C, and how far the subject is moved, on the data. Default: not measured.")]
    public string? Source { get; init; }

    [Id(11), Description("The examples that the patch or the rewards were tuned on: how many of the data are among them is counted. Default: not counted.")]
    public DataSpec? TunedOn { get; init; }

    [Id(12), MaxLength(LabelPrompts.MaxLength), Description(LabelPrompts.Text)]
    public string? LabelPrompt { get; init; }

    [Id(14), Description("Examples that stand before each text. Default: none.")]
    public FewShot? FewShot { get; init; }

    public override IEnumerable<JobInput> Inputs()
    {
        foreach (var input in Scores?.Inputs() ?? []) yield return input;
        foreach (var input in Models?.Inputs() ?? []) yield return input;
        if (Subject is not null) yield return new("subject", "subject", Subject, ArtifactKind.Model);
        if (Patch is not null) yield return new("patch", "patch", Patch, ArtifactKind.Patch);
        foreach (var input in CarriedInputs.Of(Rewards, Emulated)) yield return input;
        if (Source is not null) yield return new("source", "source", Source, ArtifactKind.Model);
    }

    public override DataSpec? Examples() => Data;

    public override IEnumerable<string> Uploads() =>
        [.. base.Uploads(), .. TunedOn is { Dataset: { Location: IDatasetSpec.Uploads } dataset } ? dataset.Declared().Select(file => file.File.Sha256) : [], .. FewShot?.Uploads() ?? []];

    public override ArtifactKind Produces() => ArtifactKind.Evaluation;

    public override TrainingRecipe? Training() => null;

    // What answers a question is combined answer by answer, and not token by token, since 2; and too long a labelled text loses its end.
    public override int RecipeVersion() => Data.Dataset is TextDatasetSpec { Shape: TextFormat.TextLabel } || (Emulated is not null && Task is MultipleChoiceTask) ? 2 : 1;

    public override JobSpec WithInputs(Func<string, string> resolve) =>
        this with
        {
            Scores = Scores?.WithInputs(resolve),
            Models = Models?.WithInputs(resolve),
            Subject = Subject is null ? null : resolve(Subject),
            Patch = Patch is null ? null : resolve(Patch),
            Rewards = CarriedInputs.Resolved(Rewards, resolve),
            Emulated = CarriedInputs.Resolved(Emulated, resolve),
            Source = Source is null ? null : resolve(Source),
        };
}
