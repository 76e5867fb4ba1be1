using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Specs;

/// <summary>A row of a study's result: where it is measured, and what is evaluated there. A new method is a type and a line here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BareStudyMethod), "bare")]
[JsonDerivedType(typeof(FullStudyMethod), "full")]
[JsonDerivedType(typeof(HeadStudyMethod), "head")]
[JsonDerivedType(typeof(LoraStudyMethod), "lora")]
[JsonDerivedType(typeof(AdapterStudyMethod), "adapter")]
[JsonDerivedType(typeof(SoftPromptStudyMethod), "softPrompt")]
[JsonDerivedType(typeof(PatchedStudyMethod), "patched")]
[JsonDerivedType(typeof(RetrainedStudyMethod), "retrained")]
[JsonDerivedType(typeof(RewardAloneStudyMethod), "rewardAlone")]
[JsonDerivedType(typeof(PortedStudyMethod), "ported")]
[JsonDerivedType(typeof(EftStudyMethod), "eft")]
[JsonDerivedType(typeof(DifferenceStudyMethod), "difference")]
[JsonDerivedType(typeof(RandomPatchStudyMethod), "randomPatch")]
[JsonDerivedType(typeof(RandomRewardStudyMethod), "randomReward")]
[JsonDerivedType(typeof(PromptedStudyMethod), "prompted")]
[WordAlone]
[GenerateSerializer, Alias("ptune.StudyMethod")]
public abstract record StudyMethod
{
    [Id(0), MaxLength(60), Description("What it is called in the result. Default: its kind.")]
    public string? Name { get; init; }

    /// <summary>What the result calls it.</summary>
    public string Title() => Name ?? Variants.As(GetType())!.Word;

    /// <summary>Whether it differs from seed to seed. Otherwise it is measured once.</summary>
    public virtual bool IsSeeded() => true;

    /// <summary>How many jobs make what is carried, for a seed and a pair; at least as many as there are.</summary>
    public virtual int JobsOfASeed() => IsSeeded() ? 1 : 0;

    /// <summary>The recipe in place of the study's; null: the study's.</summary>
    public virtual TrainingRecipe? OwnRecipe() => null;

    /// <summary>The targets that it names itself; null: the study's.</summary>
    public virtual string[]? OwnTargets() => null;

    /// <summary>What is carried is multiplied by it; null: the method has no weight.</summary>
    public virtual double? OwnWeight() => null;

    /// <summary>Weights that are tried on the validation split, for a front of gain and forgetting; null: none are.</summary>
    public virtual double[]? OwnWeights() => null;

    /// <summary>The same method with another weight; itself where it has none.</summary>
    public virtual StudyMethod AtWeight(double weight) => this;

    /// <summary>Where it is measured. The study's names may be wrong: nothing is looked up.</summary>
    public abstract IEnumerable<StudyPair> Pairs(LanguageStudySpec study);

    /// <summary>What it takes from a source to a target; null: nothing.</summary>
    public virtual Carried? Carries() => null;

    /// <summary>Why it cannot be measured there, as far as the spec tells: a sentence that names what does not fit. Null: nothing is known against it.</summary>
    public string? Refusal(LanguageStudySpec study, StudyPair pair) => Carries() is { } carried ? TensorFit.Of(study, pair, carried) : null;

    /// <summary>What is evaluated there, for one seed.</summary>
    public abstract StudySubject Subject(StudyPair pair, IStudyJobs jobs);
}
