namespace Ptune.Contracts.Specs;

/// <summary>What jobs on language models that read rewards have in common: the roles of the inputs.</summary>
public static class CarriedInputs
{
    /// <summary>The most rewards of a job.</summary>
    public const int MaxRewards = 16;

    public const string Tuned = "emulatedTuned";

    public const string Source = "emulatedSource";

    /// <summary>The role of a reward, counted from 0.</summary>
    public static string Reward(int number) => $"reward{number}";

    /// <summary>The role of the model that a LoRA reward was tuned on.</summary>
    public static string RewardSource(int number) => $"reward{number}Source";

    public static IEnumerable<JobInput> Of(RewardUse[]? rewards, EmulatedUse? emulated)
    {
        for (var i = 0; i < rewards?.Length; i++)
        {
            yield return new(Reward(i), $"rewards[{i}].reward", rewards[i].Reward, ArtifactKind.Reward);
            if (rewards[i].Source is { } source) yield return new(RewardSource(i), $"rewards[{i}].source", source, ArtifactKind.Model);
        }
        if (emulated is null) yield break;
        yield return new(Tuned, "emulated.tuned", emulated.Tuned, ArtifactKind.Model);
        yield return new(Source, "emulated.source", emulated.Source, ArtifactKind.Model);
    }

    public static RewardUse[]? Resolved(RewardUse[]? rewards, Func<string, string> resolve) =>
        rewards?.Select(use => use with { Reward = resolve(use.Reward), Source = use.Source is null ? null : resolve(use.Source) }).ToArray();

    public static EmulatedUse? Resolved(EmulatedUse? emulated, Func<string, string> resolve) =>
        emulated is null ? null : emulated with { Tuned = resolve(emulated.Tuned), Source = resolve(emulated.Source) };
}
