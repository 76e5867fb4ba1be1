using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>Emulated fine-tuning: what full tuning changed of the source's log-probabilities is added to each target's (arXiv 2401.08565). Targets have the source's tokens.</summary>
[GenerateSerializer, Alias("ptune.EftStudyMethod")]
public sealed record EftStudyMethod : StudyMethod
{
    [Id(0), Range(-1000, 1000), Description("What the difference is multiplied by. Default: 1.")]
    public double Weight { get; init; } = 1;

    [Id(1), Description("How the source is tuned, in place of tuning.recipe.")]
    public TrainingRecipe? Recipe { get; init; }

    [Id(2), Description("Only these of the study's targets. Default: all.")]
    public string[]? Targets { get; init; }

    public override TrainingRecipe? OwnRecipe() => Recipe;

    [Id(3), MinLength(1), MaxLength(32), Description("Weights that are tried on the validation split, for a front of gain and forgetting; 'weight' is the one that is compared. Default: none.")]
    public double[]? Weights { get; init; }

    public override double[]? OwnWeights() => Weights;

    public override StudyMethod AtWeight(double weight) => this with { Weight = weight, Weights = null };

    public override string[]? OwnTargets() => Targets;

    public override double? OwnWeight() => Weight;

    public override IEnumerable<StudyPair> Pairs(LanguageStudySpec study) => StudyPair.Carried(study.Sources, Targets ?? study.Targets);

    public override Carried? Carries() => Carried.Tokens;

    public override StudySubject Subject(StudyPair pair, IStudyJobs jobs)
    {
        var tuned = jobs.Tune(pair.Source!, new FullMethod(), Recipe);
        return new(jobs.Model(pair.Target), null, tuned) { Emulated = new EmulatedUse { Tuned = tuned, Source = jobs.Model(pair.Source!), Weight = Weight } };
    }
}
