using System.ComponentModel;

namespace Ptune.Contracts.Specs;

/// <summary>Each target is tuned itself on the same examples: what carrying is measured against.</summary>
[GenerateSerializer, Alias("ptune.RetrainedStudyMethod")]
public sealed record RetrainedStudyMethod : StudyMethod
{
    [Id(0), Description("Only these of the study's targets. Default: all.")]
    public string[]? Targets { get; init; }

    [Id(1), Description("What of them is trained: full, head, lora, adapter or softPrompt. Default: full.")]
    public TuningMethod? Method { get; init; }

    [Id(2), Description("How they are trained, in place of tuning.recipe.")]
    public TrainingRecipe? Recipe { get; init; }

    public override TrainingRecipe? OwnRecipe() => Recipe;

    public override string[]? OwnTargets() => Targets;

    public override IEnumerable<StudyPair> Pairs(LanguageStudySpec study) => (Targets ?? study.Targets).Select(target => new StudyPair(null, target));

    public override StudySubject Subject(StudyPair pair, IStudyJobs jobs)
    {
        var method = Method ?? new FullMethod();
        var learnt = jobs.Tune(pair.Target, method, Recipe);
        return method.Makes() == ArtifactKind.Patch ? new(jobs.Model(pair.Target), learnt, learnt) : new(learnt, null, learnt);
    }
}
