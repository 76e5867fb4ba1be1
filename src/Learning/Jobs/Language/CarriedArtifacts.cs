using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Transfer.Language;

namespace Ptune.Learning.Jobs.Language;

/// <summary>What a job carries to a model, by the roles of <see cref="CarriedInputs"/>.</summary>
internal static class CarriedArtifacts
{
    public static CarriedFolders Of(JobContext context, RewardUse[]? rewards, EmulatedUse? emulated) => new()
    {
        Rewards = [.. (rewards ?? []).Select((use, number) => (
            Folder(context, CarriedInputs.Reward(number)),
            use.Source is null ? null : Folder(context, CarriedInputs.RewardSource(number)),
            use.Weight))],
        Emulated = emulated is null ? null : (Folder(context, CarriedInputs.Tuned), Folder(context, CarriedInputs.Source), emulated.Weight),
    };

    /// <summary>What of the tokens no reward says something of.</summary>
    public static void Add(IDictionary<string, double> metrics, LanguageSubject subject)
    {
        if (subject.Carried is not { } carried) return;
        metrics[MetricNames.TokensWithoutReward] = carried.WithoutReward;
        metrics[MetricNames.TokensUnknownToReward] = carried.Replaced;
    }

    private static ArtifactFolder Folder(JobContext context, string role) => new(context.Input(role), context.InputDigest(role));
}
