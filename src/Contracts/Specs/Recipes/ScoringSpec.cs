using System.ComponentModel;

namespace Ptune.Contracts.Specs;

/// <summary>
/// One pass of a model or a reward over a split, kept: log_softmax(f(x)) of a model, r(x) of a reward. A matrix of N rewards and
/// M targets is then combined in memory from N + M passes. Makes <see cref="ArtifactKind.Scores"/>, [n, labels] in f32.
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

    public override IEnumerable<JobInput> Inputs() => [new("subject", "subject", Subject, SubjectKind)];

    public override DataSpec? Examples() => Data;

    public override ArtifactKind Produces() => ArtifactKind.Scores;

    public override TrainingRecipe? Training() => null;

    public override int RecipeVersion() => 1;

    public override JobSpec WithInputs(Func<string, string> resolve) => this with { Subject = resolve(Subject) };
}
