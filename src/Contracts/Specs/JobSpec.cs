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
[GenerateSerializer, Alias("ptune.JobSpec")]
public abstract record JobSpec : Spec
{
    /// <summary>What the job reads, by role: an artifact, an alias of one, or the job that makes it.</summary>
    public abstract IEnumerable<JobInput> Inputs();

    /// <summary>How it trains; null for a job that does not.</summary>
    public virtual TrainingRecipe? TrainsBy() => null;

    /// <summary>The same job with each input reference replaced by <paramref name="resolve"/>'s answer.</summary>
    public abstract JobSpec WithInputs(Func<string, string> resolve);
}
