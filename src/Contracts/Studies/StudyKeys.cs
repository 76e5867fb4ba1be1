namespace Ptune.Contracts.Studies;

/// <summary>The places of a transfer study's cells.</summary>
public static class StudyKeys
{
    public static string Pretraining(string model) => $"pretraining/{model}";

    public static string Reward(long seed) => $"reward/{seed}";

    /// <summary>The model fine-tuned on the task: the tuned source of EFT, or a retrained target.</summary>
    public static string Tuned(string model, long seed) => $"tuned/{model}/{seed}";

    public static string ModelScores(string model) => $"scores/model/{model}";

    public static string RewardScores(long seed) => $"scores/reward/{seed}";

    public static string TunedScores(string model, long seed) => $"scores/tuned/{model}/{seed}";

    public static string Evaluation(string model, long seed) => $"evaluation/{model}/{seed}";

    /// <summary>The timing of inference on a target.</summary>
    public static string Cost(string model) => $"cost/{model}";
}
