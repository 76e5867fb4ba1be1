using System.ComponentModel;

namespace Ptune.Contracts.Specs;

/// <summary>LoRA that was learnt on a source is hung on each target as it is: nothing is trained there (PortLLM, arXiv 2410.10870). Targets have the source's shapes.</summary>
[GenerateSerializer, Alias("ptune.PatchedStudyMethod")]
public sealed record PatchedStudyMethod : StudyMethod
{
    [Id(0), Description("What is learnt on the source. Default: rank 8 in all linear layers.")]
    public LoraMethod Lora { get; init; } = new();

    [Id(1), Description("How it is trained on the source, in place of tuning.recipe.")]
    public TrainingRecipe? Recipe { get; init; }

    [Id(2), Description("Only these of the study's targets. Default: all.")]
    public string[]? Targets { get; init; }

    [Id(3), Description("Whether the patch is merged into a copy of each target, in place of hanging on it. Default: false.")]
    public bool? Merged { get; init; }

    public override TrainingRecipe? OwnRecipe() => Recipe;

    public override string[]? OwnTargets() => Targets;

    public override int JobsOfASeed() => Merged == true ? 2 : 1;

    public override IEnumerable<StudyPair> Pairs(LanguageStudySpec study) => StudyPair.Carried(study.Sources, Targets ?? study.Targets);

    public override Carried? Carries() => Carried.Deltas(Lora);

    public override StudySubject Subject(StudyPair pair, IStudyJobs jobs)
    {
        var learnt = jobs.Tune(pair.Source!, Lora, Recipe);
        return Merged == true ? new(jobs.Merge(pair.Target, learnt, null), null, learnt) : new(jobs.Model(pair.Target), learnt, learnt);
    }
}
