using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>What full tuning changed of the source's weights is added to each target's: nothing is trained there (arXiv 2503.20110). Targets have the source's shapes.</summary>
[GenerateSerializer, Alias("ptune.DifferenceStudyMethod")]
public sealed record DifferenceStudyMethod : StudyMethod
{
    [Id(0), Range(-1000, 1000), Description("What the difference is multiplied by. Default: 1.")]
    public double Weight { get; init; } = 1;

    [Id(1), Description("How the source is tuned, in place of tuning.recipe.")]
    public TrainingRecipe? Recipe { get; init; }

    [Id(2), Description("Only these of the study's targets. Default: all.")]
    public string[]? Targets { get; init; }

    public override TrainingRecipe? OwnRecipe() => Recipe;

    public override string[]? OwnTargets() => Targets;

    public override double? OwnWeight() => Weight;

    public override int JobsOfASeed() => 2;

    public override IEnumerable<StudyPair> Pairs(LanguageStudySpec study) => StudyPair.Carried(study.Sources, Targets ?? study.Targets);

    public override Carried? Carries() => Carried.Weights;

    public override StudySubject Subject(StudyPair pair, IStudyJobs jobs)
    {
        var tuned = jobs.Tune(pair.Source!, new FullMethod(), Recipe);
        return new(jobs.Merge(pair.Target, null, new WeightDifference { Tuned = tuned, Source = jobs.Model(pair.Source!), Weight = Weight }), null, tuned);
    }
}
