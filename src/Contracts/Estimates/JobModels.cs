using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Estimates;

/// <summary>The models that jobs read and make.</summary>
public static class JobModels
{
    /// <summary>The model that a job starts from, judges or runs; null: none.</summary>
    public static string? Read(JobSpec job) => job switch
    {
        PretrainingSpec pretraining => pretraining.Continues,
        FineTuningSpec tuning => tuning.Base,
        RewardTuningSpec reward => reward.Source,
        ScoringSpec { SubjectKind: ArtifactKind.Model } scoring => scoring.Subject,
        // Without a subject, the first reward stands in its place.
        EvaluationSpec evaluation => evaluation.Subject ?? evaluation.Models?.Target ?? Weights(evaluation.Rewards).FirstOrDefault(),
        GenerationSpec generation => generation.Model,
        TimingSpec timing => timing.Subject ?? Weights(timing.Rewards).FirstOrDefault(),
        MergingSpec merging => merging.Base,
        ImportSpec import => import.Base,
        _ => null,
    };

    /// <summary>The models that are computed beside the one that the job works on: whole rewards, the sources of LoRA rewards, and what fine-tuning is emulated with. Each once.</summary>
    public static IReadOnlyList<string> Beside(JobSpec job)
    {
        var (rewards, emulated, source) = job switch
        {
            EvaluationSpec evaluation => (evaluation.Rewards, evaluation.Emulated, evaluation.Source),
            ScoringSpec scoring => (scoring.Rewards, scoring.Emulated, null),
            GenerationSpec generation => (generation.Rewards, generation.Emulated, null),
            TimingSpec timing => (timing.Rewards, timing.Emulated, timing.Against),
            _ => (null, null, null),
        };
        return [.. Weights(rewards).Concat(emulated is null ? [] : [emulated.Tuned, emulated.Source]).Append(source).Concat(Timed(job)).OfType<string>().Where(reference => reference != Read(job)).Distinct()];
    }

    /// <summary>The model that a job works on: the one that it reads, or a fresh one. Null where it is not known, as with a tokenizer whose size only its file tells.</summary>
    /// <param name="images">The size of the job's images, in pixels; null: it is not known, and taken for <see cref="ClassifierShapes.AssumedSide"/>.</param>
    public static KnownModel? Used(JobSpec job, KnownModel? read, (long Height, long Width)? images = null) => job switch
    {
        PretrainingSpec { Continues: not null } => read,
        PretrainingSpec { Architecture: DecoderSpec decoder, Tokenizer.Vocabulary: { } vocabulary } => new KnownModel(FreshShapes.Of(decoder, vocabulary), JobEstimate.BytesOf(ComputeType.Float32)),
        PretrainingSpec { Architecture: var own, Data.Dataset: ImageDatasetSpec dataset } when ClassifierShapes.Of(own, images?.Height ?? ClassifierShapes.AssumedSide, images?.Width ?? ClassifierShapes.AssumedSide, dataset.Labels.Length) is { } shape =>
            new KnownModel(shape, JobEstimate.BytesOf(ComputeType.Float32)),
        _ => read,
    };

    /// <summary>The model that a job makes; null where it makes none, or an unknown one.</summary>
    /// <param name="images">As of <see cref="Used"/>.</param>
    public static KnownModel? Made(JobSpec job, KnownModel? read, (long Height, long Width)? images = null) => (job, Used(job, read, images)) switch
    {
        (_, null) => null,
        (PretrainingSpec pretraining, var model) => model with { StoredBytes = JobEstimate.BytesOf(pretraining.Recipe.Dtype) },
        (FineTuningSpec { Method: null or FullMethod } tuning, var model) => model with { StoredBytes = JobEstimate.BytesOf(tuning.Recipe.Dtype) },
        (FineTuningSpec { Method: HeadMethod } or MergingSpec, var model) => model,
        (RewardTuningSpec { Method: null or FullMethod } reward, var model) when Reward(reward, model.Shape) is { } shape => new KnownModel(shape, JobEstimate.BytesOf(reward.Recipe.Dtype)),
        _ => null,
    };

    /// <summary>The network that is trained as a reward: of the source's shape, or of an architecture of its own with the source's tokens. Null where it is no decoder.</summary>
    public static ModelShape? Reward(RewardTuningSpec reward, ModelShape source) => reward.Architecture switch
    {
        null => source,
        DecoderSpec own when source is TransformerShape { Outputs: var outputs } => FreshShapes.Of(own, outputs),
        _ => null,
    };

    // Their times are taken side by side.
    private static IEnumerable<string> Timed(JobSpec job) => job is EvaluationSpec { Models: { } models } ? [models.Target, models.Reward, models.Source, models.TunedSource] : [];

    private static IEnumerable<string> Weights(RewardUse[]? rewards) => (rewards ?? []).Select(use => use.Source ?? use.Reward);
}
