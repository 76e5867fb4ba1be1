namespace Ptune.Contracts.Specs.Reading;

/// <summary>
/// What a reward over tokens begins with where the spec does not say: the source with a head of zeros, which gained most on validation (docs/language-transfer.md).
/// A reward over labels or choices, of images, or of low-rank deltas begins as its source, and one of another architecture with fresh weights.
/// </summary>
internal static class RewardStarts
{
    public static Spec Fill(Spec spec, SpecPositions positions) => spec switch
    {
        RewardTuningSpec job => Fill(job, positions),
        // A varied method or start is left to each trial.
        SweepSpec { Job: RewardTuningSpec job } sweep when !sweep.Vary.Keys.Any(path => path == "initialization" || path.Split('.')[0] is "method" or "architecture") =>
            sweep with { Job = Fill(job, positions.Below("job")) },
        LanguageStudySpec study => study with { Methods = [.. study.Methods.Select((method, i) => Fill(method, study, positions, $"methods[{i}]"))] },
        _ => spec,
    };

    private static RewardTuningSpec Fill(RewardTuningSpec job, SpecPositions positions) =>
        job.Data.Dataset is TextDatasetSpec texts && IsOverTokens(texts) && job.Method is not LoraMethod && job.Architecture is null && !positions.Has("initialization")
            ? job with { Initialization = RewardInitialization.ZeroHead }
            : job;

    private static StudyMethod Fill(StudyMethod method, LanguageStudySpec study, SpecPositions positions, string path) => method switch
    {
        PortedStudyMethod { Rewards: { } rewards } ported => ported with { Rewards = [.. rewards.Select((reward, i) => Fill(reward, study, positions, $"{path}.rewards[{i}]"))] },
        RewardStudyMethod { Architecture: not null } reward when !positions.Has($"{path}.initialization") => reward with { Initialization = RewardInitialization.Scratch },
        RewardStudyMethod { Lora: null } reward when IsOverTokens(study, null) && !positions.Has($"{path}.initialization") => reward with { Initialization = RewardInitialization.ZeroHead },
        _ => method,
    };

    private static StudyReward Fill(StudyReward reward, LanguageStudySpec study, SpecPositions positions, string path) => reward switch
    {
        _ when positions.Has($"{path}.initialization") => reward,
        { Architecture: not null } => reward with { Initialization = RewardInitialization.Scratch },
        { Lora: null } when IsOverTokens(study, reward.Data) => reward with { Initialization = RewardInitialization.ZeroHead },
        _ => reward,
    };

    private static bool IsOverTokens(LanguageStudySpec study, string? data) => study.Datasets.GetValueOrDefault(data ?? study.Tuning.Data) is TextDatasetSpec texts && IsOverTokens(texts);

    private static bool IsOverTokens(TextDatasetSpec texts) => texts.Shape is TextFormat.Text or TextFormat.PromptResponse or TextFormat.Messages;
}
