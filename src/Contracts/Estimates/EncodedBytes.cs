using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Estimates;

/// <summary>Bytes of the encoded texts that jobs leave in the cache of their worker: four of each token.</summary>
public static class EncodedBytes
{
    /// <summary>What a worker keeps at most; what was not used for the longest time goes.</summary>
    public const long Budget = 4L << 30;

    private const int TokenBytes = 4;

    /// <summary>At most so many bytes are kept for a job. Of data without a <c>count</c> nobody knows how many texts there are before they are read: 0.</summary>
    /// <param name="job">With its defaults.</param>
    public static long Of(JobSpec job)
    {
        var (data, recipe, mixed) = job switch
        {
            PreparationSpec preparation => (preparation.Data, null, null),
            PretrainingSpec pretraining => (pretraining.Data, pretraining.Recipe, null),
            FineTuningSpec tuning => (tuning.Data, tuning.Recipe, tuning.Mix?.Data),
            RewardTuningSpec reward => (reward.Data, reward.Recipe, null),
            _ => default((DataSpec?, TrainingRecipe?, DataSpec?)),
        };
        return data is null ? 0 : Math.Min(Budget, Of(data, data.Count) + Of(data, recipe?.EarlyStopping?.Count) + (mixed is null ? 0 : Of(mixed, mixed.Count)));
    }

    // Pairs and choices are encoded anew.
    private static long Of(DataSpec data, int? texts) =>
        data.Dataset is TextDatasetSpec { Shape: not (TextFormat.Preference or TextFormat.MultipleChoice) } && texts is { } count ? Math.Min(Budget, TokenBytes * (long)count * (data.MaxTokens ?? 0)) : 0;
}
