using System.ComponentModel;

namespace Ptune.Contracts.Specs;

/// <summary>
/// Goes the whole way of a job and computes nothing: to check a pool from the client to the executor and back, and to measure that way.
/// Makes an <see cref="ArtifactKind.Evaluation"/> without files.
/// </summary>
[GenerateSerializer, Alias("ptune.NoOpSpec")]
public sealed record NoOpSpec : JobSpec
{
    [Id(0), Description("Any number; a different number makes a different job. Default: 1.")]
    public long Seed { get; init; } = 1;

    public override IEnumerable<JobInput> Inputs() => [];

    public override DataSpec? Examples() => null;

    public override ArtifactKind Produces() => ArtifactKind.Evaluation;

    public override TrainingRecipe? Training() => null;

    public override int RecipeVersion() => 1;

    public override JobSpec WithInputs(Func<string, string> resolve) => this;
}
