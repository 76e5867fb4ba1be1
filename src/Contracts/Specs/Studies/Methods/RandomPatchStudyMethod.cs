using System.ComponentModel;

namespace Ptune.Contracts.Specs;

/// <summary>The control of <see cref="PatchedStudyMethod"/>: a patch with random numbers, each tensor with the norm of the tuned one. A carried patch that is not better learnt nothing of the task.</summary>
[GenerateSerializer, Alias("ptune.RandomPatchStudyMethod")]
public sealed record RandomPatchStudyMethod : StudyMethod
{
    [Id(0), Description("The patch whose shapes and norms it has. Default: rank 8 in all linear layers.")]
    public LoraMethod Lora { get; init; } = new();

    [Id(1), Description("How that patch is trained on the source, in place of tuning.recipe.")]
    public TrainingRecipe? Recipe { get; init; }

    [Id(2), Description("Only these of the study's targets. Default: all.")]
    public string[]? Targets { get; init; }

    public override TrainingRecipe? OwnRecipe() => Recipe;

    public override string[]? OwnTargets() => Targets;

    public override int JobsOfASeed() => 2;

    public override IEnumerable<StudyPair> Pairs(LanguageStudySpec study) => StudyPair.Carried(study.Sources, Targets ?? study.Targets);

    public override Carried? Carries() => Carried.Deltas(Lora);

    public override StudySubject Subject(StudyPair pair, IStudyJobs jobs)
    {
        var random = jobs.Randomize(jobs.Tune(pair.Source!, Lora, Recipe), ArtifactKind.Patch);
        return new(jobs.Model(pair.Target), random, random);
    }
}
