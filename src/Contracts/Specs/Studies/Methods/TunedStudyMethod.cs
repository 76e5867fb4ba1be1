using System.ComponentModel;

namespace Ptune.Contracts.Specs;

/// <summary>A model that is tuned and measured itself.</summary>
[GenerateSerializer, Alias("ptune.TunedStudyMethod")]
public abstract record TunedStudyMethod : StudyMethod
{
    [Id(0), Description("How it is trained, in place of tuning.recipe.")]
    public TrainingRecipe? Recipe { get; init; }

    public override TrainingRecipe? OwnRecipe() => Recipe;

    public override IEnumerable<StudyPair> Pairs(LanguageStudySpec study) => study.Sources.Select(source => new StudyPair(source, source));

    public override StudySubject Subject(StudyPair pair, IStudyJobs jobs)
    {
        var method = Tuning();
        var learnt = jobs.Tune(pair.Target, method, Recipe);
        return method.Makes() == ArtifactKind.Patch ? new(jobs.Model(pair.Target), learnt, learnt) : new(learnt, null, learnt);
    }

    /// <summary>What of the model is trained.</summary>
    protected abstract TuningMethod Tuning();
}
