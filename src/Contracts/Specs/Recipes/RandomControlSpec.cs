using System.ComponentModel;

namespace Ptune.Contracts.Specs;

/// <summary>
/// The control of a patch or a reward: the same tensors with random numbers, each tensor with the norm that it had (arXiv 2602.12323 finds random patches as good as
/// trained ones in its setting). Makes an artifact of the same kind.
/// </summary>
[GenerateSerializer, Alias("ptune.RandomControlSpec")]
public sealed record RandomControlSpec : JobSpec
{
    /// <summary>The role of the input.</summary>
    public const string Input = "artifact";

    [Id(0), Description("The patch or the reward of a language model: name@version, sha256:... or job:...")]
    public required string Artifact { get; init; }

    [Id(1), Description("What it is: patch or reward. Default: patch.")]
    public ArtifactKind ArtifactKind { get; init; } = ArtifactKind.Patch;

    [Id(2), Description("Seed of the numbers. Default: 1.")]
    public long Seed { get; init; } = 1;

    public override IEnumerable<JobInput> Inputs() => [new(Input, "artifact", Artifact, ArtifactKind)];

    public override DataSpec? Examples() => null;

    public override ArtifactKind Produces() => ArtifactKind;

    public override TrainingRecipe? Training() => null;

    public override int RecipeVersion() => 1;

    public override JobSpec WithInputs(Func<string, string> resolve) => this with { Artifact = resolve(Artifact) };
}
