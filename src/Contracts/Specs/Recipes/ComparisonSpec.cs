using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>
/// Paired tests between evaluations of the same examples: McNemar's exact test where examples are right or wrong, a bootstrap over the texts for bits per byte. Makes an
/// <see cref="ArtifactKind.Evaluation"/>.
/// </summary>
[GenerateSerializer, Alias("ptune.ComparisonSpec")]
public sealed record ComparisonSpec : JobSpec
{
    /// <summary>The most groups, and the most evaluations of one.</summary>
    public const int MaxParts = 2000;

    [Id(0), MinLength(1), MaxLength(MaxParts), Description("Evaluations that are compared with one other.")]
    public required ComparedEvaluations[] Groups { get; init; }

    [Id(1), Range(100, 1_000_000), Description("Draws of the bootstrap. Default: 10000.")]
    public int Draws { get; init; } = 10_000;

    [Id(2), Description("Seed of the draws. Default: 1.")]
    public long Seed { get; init; } = 1;

    /// <summary>The role of the evaluation that a group is compared with.</summary>
    public static string Before(int group) => $"before{group}";

    /// <summary>The role of an evaluation of a group.</summary>
    public static string After(int group, int number) => $"after{group}.{number}";

    public override IEnumerable<JobInput> Inputs()
    {
        for (var group = 0; group < Groups.Length; group++)
        {
            yield return new(Before(group), $"groups[{group}].before", Groups[group].Before, ArtifactKind.Evaluation);
            for (var i = 0; i < Groups[group].After.Length; i++) yield return new(After(group, i), $"groups[{group}].after[{i}]", Groups[group].After[i], ArtifactKind.Evaluation);
        }
    }

    public override DataSpec? Examples() => null;

    public override ArtifactKind Produces() => ArtifactKind.Evaluation;

    public override TrainingRecipe? Training() => null;

    public override int RecipeVersion() => 1;

    public override JobSpec WithInputs(Func<string, string> resolve) =>
        this with { Groups = [.. Groups.Select(group => new ComparedEvaluations { Before = resolve(group.Before), After = [.. group.After.Select(resolve)] })] };
}
