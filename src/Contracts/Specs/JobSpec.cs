using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Ptune.Contracts.Specs;

/// <summary>One unit of GPU work. Everything in it that is not <see cref="NotIdentityAttribute"/> decides the result.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PretrainingSpec), "Pretraining")]
[JsonDerivedType(typeof(FineTuningSpec), "FineTuning")]
[JsonDerivedType(typeof(RewardTuningSpec), "RewardTuning")]
[JsonDerivedType(typeof(ScoringSpec), "Scoring")]
[JsonDerivedType(typeof(EvaluationSpec), "Evaluation")]
[JsonDerivedType(typeof(NoOpSpec), "NoOp")]
[JsonDerivedType(typeof(ImportSpec), "Import")]
[JsonDerivedType(typeof(PreparationSpec), "Preparation")]
[JsonDerivedType(typeof(GenerationSpec), "Generation")]
[JsonDerivedType(typeof(MergingSpec), "Merging")]
[JsonDerivedType(typeof(RandomControlSpec), "RandomControl")]
[JsonDerivedType(typeof(ComparisonSpec), "Comparison")]
[JsonDerivedType(typeof(TimingSpec), "Timing")]
[GenerateSerializer, Alias("ptune.JobSpec")]
public abstract record JobSpec : Spec
{
    [Id(0), NotIdentity, Description("NAME@VERSION under which the result is published. Default: none.")]
    public string? Publish { get; init; }

    /// <summary>What the job reads, by role: an artifact, an alias of one, or the job that makes it.</summary>
    public abstract IEnumerable<JobInput> Inputs();

    /// <summary>The examples that it reads, which stand at <c>data</c> in the spec; null for a job without data.</summary>
    public abstract DataSpec? Examples();

    /// <summary>SHA-256 of the files that it reads from the store's uploads.</summary>
    public virtual IEnumerable<string> Uploads() => Examples() is { Dataset: { Location: IDatasetSpec.Uploads } dataset } ? dataset.Declared().Select(f => f.File.Sha256) : [];

    /// <summary>The kind of artifact that it makes.</summary>
    public abstract ArtifactKind Produces();

    /// <summary>The training recipe; null for a job that does not train.</summary>
    public abstract TrainingRecipe? Training();

    /// <summary>
    /// The version of what this kind of job computes. Raise it when the same recipe gives other results than before: the ids change, and
    /// nothing that was computed by the earlier code is taken for the new code's result.
    /// </summary>
    public abstract int RecipeVersion();

    /// <summary>The same job with each input reference replaced by <paramref name="resolve"/>'s answer.</summary>
    public abstract JobSpec WithInputs(Func<string, string> resolve);
}
