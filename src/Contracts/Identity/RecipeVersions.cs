using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Identity;

/// <summary>
/// The version of each kind of job. Raise it when the same recipe gives other results than before: the ids change, and nothing that
/// was computed by the earlier code is taken for the new code's result.
/// </summary>
public static class RecipeVersions
{
    public static int Of(JobSpec spec) => spec switch
    {
        PretrainingSpec => 1,
        FineTuningSpec => 1,
        RewardTuningSpec => 1,
        ScoringSpec => 1,
        EvaluationSpec => 1,
        NoOpSpec => 1,
        _ => throw new ArgumentException($"No recipe version for {spec.GetType().Name}.", nameof(spec)),
    };
}
