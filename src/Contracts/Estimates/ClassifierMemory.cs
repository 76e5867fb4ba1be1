using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Estimates;

/// <summary>Bytes that jobs on our own image classifiers take, which compute in float32. What the data set itself takes is not among it.</summary>
public static class ClassifierMemory
{
    /// <summary>Images that are scored at once.</summary>
    public const long ScoredImages = 256;

    private const int NumberBytes = 4;

    // Of a trained number: itself, its gradient, and AdamW's two moments.
    private const int TrainedBytes = 16;

    /// <summary>The peak of a job; null: not known.</summary>
    public static long? Of(JobSpec job, ClassifierShape shape) => job switch
    {
        PretrainingSpec pretraining => Training(shape, shape.Parameters, pretraining.Recipe.BatchSize),
        FineTuningSpec tuning => Training(shape, TrainedParameters.Of(tuning.Method ?? new FullMethod(), shape), tuning.Recipe.BatchSize),
        // The source is scored before its weights become the reward's.
        RewardTuningSpec reward => Math.Max(Training(shape, shape.Parameters, reward.Recipe.BatchSize), Scoring(shape)),
        ScoringSpec or EvaluationSpec => Scoring(shape),
        _ => null,
    };

    /// <summary>The peak of training.</summary>
    /// <param name="trained">Numbers that are trained: all, or those of a patch or the head.</param>
    /// <param name="images">That go forward and back at once.</param>
    public static long Training(ClassifierShape shape, long trained, long images) => checked(
        MemoryEstimate.Process + (trained == shape.Parameters ? 0 : NumberBytes * shape.Parameters) + (TrainedBytes * trained) + (NumberBytes * images * (shape.Pixels + shape.Kept)));

    /// <summary>The peak of a pass over a split.</summary>
    public static long Scoring(ClassifierShape shape, long images = ScoredImages) =>
        checked(MemoryEstimate.Process + (NumberBytes * shape.Parameters) + (NumberBytes * images * (shape.Pixels + shape.Passed)));
}
