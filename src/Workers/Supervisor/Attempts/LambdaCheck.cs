using System.Globalization;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Storage.Artifacts;

namespace Ptune.Supervisor.Attempts;

/// <summary>A reward is trained at a temperature, and evaluated at one. They may differ on purpose; by mistake the figures are those of another method, and nothing else shows it.</summary>
internal sealed class LambdaCheck(ArtifactStore artifacts)
{
    /// <summary>The roles under which an evaluation reads a reward: its scores, and the network itself.</summary>
    private static readonly string[] s_roles = ["reward", "rewardModel"];

    /// <summary>What is to be said of an evaluation; null where there is nothing, or where its inputs do not tell what they were made from.</summary>
    /// <param name="spec">The job.</param>
    /// <param name="inputs">Role to the artifact's digest.</param>
    /// <param name="cancellation">Ends the look.</param>
    public async Task<string?> WarningAsync(JobSpec spec, IReadOnlyDictionary<string, string> inputs, CancellationToken cancellation)
    {
        if (spec is not EvaluationSpec evaluation) return null;
        foreach (var role in s_roles)
        {
            if (!inputs.TryGetValue(role, out var digest) || await RewardOfAsync(digest, cancellation) is not { } reward || reward.Lambda == evaluation.Lambda) continue;
            return string.Create(CultureInfo.InvariantCulture, $"The reward was trained with lambda {reward.Lambda} and is evaluated with lambda {evaluation.Lambda}.");
        }
        return null;
    }

    private async Task<RewardTuningSpec?> RewardOfAsync(string digest, CancellationToken cancellation)
    {
        try
        {
            var manifest = await artifacts.GetManifestAsync(digest, cancellation);
            if (manifest.Recipe is ScoringSpec) manifest = await artifacts.GetManifestAsync(manifest.Inputs["subject"], cancellation);
            return manifest.Recipe as RewardTuningSpec;
        }
        catch (Exception e) when (e is IOException or DigestMismatchException or KeyNotFoundException)
        {
            // The inputs themselves were found; what they were made from may be gone.
            return null;
        }
    }
}
