using System.ComponentModel;

namespace Ptune.Contracts.Specs;

/// <summary>
/// Writes what was learnt into a model's weights: a patch that is merged (PortLLM, arXiv 2410.10870), or the difference that tuning made to another model of the same
/// shapes (arXiv 2503.20110). Nothing is trained. Makes an <see cref="ArtifactKind.Model"/>.
/// </summary>
[GenerateSerializer, Alias("ptune.MergingSpec")]
public sealed record MergingSpec : JobSpec
{
    /// <summary>The role of the tuned model.</summary>
    public const string Tuned = "tuned";

    /// <summary>The role of the model that it was tuned from.</summary>
    public const string Source = "source";

    [Id(0), Description("The language model whose weights are changed: name@version, sha256:... or job:...")]
    public required string Base { get; init; }

    [Id(1), Description("A patch to merge: low-rank deltas. Give either it or 'difference'.")]
    public string? Patch { get; init; }

    [Id(2), Description("What tuning changed of another model, to be added. Give either it or 'patch'.")]
    public WeightDifference? Difference { get; init; }

    public override IEnumerable<JobInput> Inputs()
    {
        yield return new("base", "base", Base, ArtifactKind.Model);
        if (Patch is not null) yield return new("patch", "patch", Patch, ArtifactKind.Patch);
        if (Difference is null) yield break;
        yield return new(Tuned, "difference.tuned", Difference.Tuned, ArtifactKind.Model);
        yield return new(Source, "difference.source", Difference.Source, ArtifactKind.Model);
    }

    public override DataSpec? Examples() => null;

    public override ArtifactKind Produces() => ArtifactKind.Model;

    public override TrainingRecipe? Training() => null;

    public override int RecipeVersion() => 1;

    public override JobSpec WithInputs(Func<string, string> resolve) =>
        this with
        {
            Base = resolve(Base),
            Patch = Patch is null ? null : resolve(Patch),
            Difference = Difference is null ? null : Difference with { Tuned = resolve(Difference.Tuned), Source = resolve(Difference.Source) },
        };
}
