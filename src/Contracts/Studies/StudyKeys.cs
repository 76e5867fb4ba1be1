namespace Ptune.Contracts.Studies;

/// <summary>The places of a study's cells.</summary>
public static class StudyKeys
{
    public static string Pretraining(string model) => $"pretraining/{model}";

    /// <summary>A checkpoint that a study imports.</summary>
    public static string Import(string model) => $"import/{model}";

    public static string Reward(long seed) => $"reward/{seed}";

    /// <summary>The model fine-tuned on the task: the tuned source of EFT, or a retrained target.</summary>
    public static string Tuned(string model, long seed) => $"tuned/{model}/{seed}";

    public static string ModelScores(string model) => $"scores/model/{model}";

    public static string RewardScores(long seed) => $"scores/reward/{seed}";

    public static string TunedScores(string model, long seed) => $"scores/tuned/{model}/{seed}";

    public static string Evaluation(string model, long seed) => $"evaluation/{model}/{seed}";

    /// <summary>What a method of a language study learnt on a model.</summary>
    public static string Learnt(string method, string model, long seed) => $"learnt/{method}/{model}/{seed}";

    /// <summary>A model with what a method learnt in its weights.</summary>
    public static string Merged(string method, string model, long seed) => $"merged/{method}/{model}/{seed}";

    /// <summary>The random control of what stands at another place.</summary>
    public static string Random(string key) => $"random/{key}";

    /// <summary>A method of a language study on a target by a task; a method without seeds has none.</summary>
    public static string Measured(string method, string? source, string target, string task, long? seed) =>
        $"measured/{method}/{(source is null ? "" : $"{source}/")}{target}/{task}{(seed is null ? "" : $"/{seed}")}";

    /// <summary>How safe a port is.</summary>
    public static string Risk(string method, string source, string target, double? weight = null) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"risk/{method}/{source}/{target}{(weight is null ? "" : $"/weight {weight}")}");

    /// <summary>What the use of a method on a target costs.</summary>
    public static string Timing(string method, string? source, string target) => $"timing/{method}/{(source is null ? "" : $"{source}/")}{target}";

    /// <summary>A weight that is tried on a target by a task; without a method, the target alone.</summary>
    public static string Front(string? method, string? source, string target, string task, double weight, long? seed) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"front/{method}/{(source is null ? "" : $"{source}/")}{target}/{task}/weight {weight}{(seed is null ? "" : $"/{seed}")}");

    /// <summary>The paired tests of a task of a language study.</summary>
    public static string Compared(string task) => $"compared/{task}";

    /// <summary>The texts of a method of a language study.</summary>
    public static string Generation(string method, string? source, string target) => $"generation/{method}/{(source is null ? "" : $"{source}/")}{target}";

    /// <summary>The timing of inference on a target.</summary>
    public static string Cost(string model) => $"cost/{model}";
}
