using System.Globalization;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Silo.Artifacts;
using Ptune.Storage.Artifacts;

namespace Ptune.Silo.Planning;

/// <summary>An evaluation of images says the reward's temperature itself. Where it is another than in the training, the figures are those of another method, and nothing else shows it.</summary>
internal static class LambdaWarnings
{
    /// <param name="job">With its inputs resolved.</param>
    /// <param name="manifests">What the inputs were made from.</param>
    /// <param name="cancellation">Stops between two of them.</param>
    public static async Task<IReadOnlyList<string>> OfAsync(JobSpec job, Manifests manifests, CancellationToken cancellation)
    {
        if (job is not EvaluationSpec { Data.Dataset: ImageDatasetSpec } evaluation) return [];
        foreach (var reference in new[] { evaluation.Scores?.Reward, evaluation.Models?.Reward }.OfType<string>().Where(InputRef.IsDigest))
        {
            if (await RewardOfAsync(reference, manifests, cancellation) is not { } reward || reward.Lambda == evaluation.Lambda) continue;
            return [string.Create(CultureInfo.InvariantCulture, $"The reward was trained with lambda {reward.Lambda} and is evaluated with lambda {evaluation.Lambda}.")];
        }
        return [];
    }

    private static async Task<RewardTuningSpec?> RewardOfAsync(string digest, Manifests manifests, CancellationToken cancellation)
    {
        try
        {
            var manifest = await manifests.ReadAsync(digest, cancellation);
            // Scores know what they were made of.
            if (manifest is { Recipe: ScoringSpec } && manifest.Inputs.TryGetValue("subject", out var subject)) manifest = await manifests.ReadAsync(subject, cancellation);
            return manifest?.Recipe as RewardTuningSpec;
        }
        catch (DigestMismatchException)
        {
            // The job that reads it refuses it.
            return null;
        }
    }
}
