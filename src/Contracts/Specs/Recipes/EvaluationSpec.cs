using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>
/// The honest comparison on one target: from cached scores the accuracy of bare, reward alone, EFT, ported and retrained, McNemar's
/// paired test, eps = KL(source || target) and C; from models the cost of inference. What is not given is not measured.
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

    public override IEnumerable<JobInput> Inputs() => [.. Scores?.Inputs() ?? [], .. Models?.Inputs() ?? []];

    public override DataSpec? Examples() => Data;

    public override ArtifactKind Produces() => ArtifactKind.Evaluation;

    public override TrainingRecipe? Training() => null;

    public override int RecipeVersion() => 1;

    public override JobSpec WithInputs(Func<string, string> resolve) =>
        this with { Scores = Scores?.WithInputs(resolve), Models = Models?.WithInputs(resolve) };
}
