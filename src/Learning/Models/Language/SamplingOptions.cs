namespace Ptune.Learning.Models.Language;

/// <summary>How the next token is chosen from the logits, in the order of transformers: penalty, temperature, top-k, top-p.</summary>
internal sealed record SamplingOptions
{
    /// <summary>0: the best token is taken and nothing drawn; the same options and seed give the same text.</summary>
    public double Temperature { get; init; }

    /// <summary>Only the k best tokens may be drawn; null or 0: all.</summary>
    public int? TopK { get; init; }

    /// <summary>Only the fewest best tokens whose probabilities reach this may be drawn; null or 1: all.</summary>
    public double? TopP { get; init; }

    /// <summary>Logits of tokens that were seen are divided by it (multiplied where negative), those of the prompt included (arXiv 1909.05858).</summary>
    public double RepetitionPenalty { get; init; } = 1;

    public long Seed { get; init; }

    /// <exception cref="LearningException">A value is out of its range.</exception>
    public void Check()
    {
        if (!(Temperature >= 0) || !double.IsFinite(Temperature)) throw new LearningException($"temperature is {Temperature}; it must be 0 (greedy) or more.");
        if (TopK < 0) throw new LearningException($"top-k is {TopK}; it must be 0 (all) or more.");
        if (TopP is { } p && !(p > 0 && p <= 1)) throw new LearningException($"top-p is {p}; it must be above 0 and at most 1.");
        if (!(RepetitionPenalty > 0) || !double.IsFinite(RepetitionPenalty)) throw new LearningException($"repetition-penalty is {RepetitionPenalty}; it must be above 0, and 1 means none.");
    }
}
