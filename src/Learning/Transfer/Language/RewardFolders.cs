using Ptune.Learning.Importing;
using Ptune.Learning.Models.HuggingFace;

namespace Ptune.Learning.Transfer.Language;

/// <summary>Rewards in folders beside a model in a folder: finds the model that each LoRA reward was tuned on.</summary>
public static class RewardFolders
{
    /// <param name="model">The folder of the model that they are added to.</param>
    /// <param name="rewards">The rewards.</param>
    /// <param name="sources">Folders of models that LoRA rewards were tuned on; <paramref name="model"/> may be one without being named.</param>
    /// <param name="stop">Ends the reading of weights, by which a source is recognized.</param>
    /// <exception cref="LearningException">A folder is no reward, or no model is the one that it was tuned on.</exception>
    public static CarriedFolders Find(string model, IReadOnlyList<RewardFolder> rewards, IReadOnlyList<string> sources, CancellationToken stop = default)
    {
        var weights = new Dictionary<string, string>(StringComparer.Ordinal);
        return new CarriedFolders { Rewards = [.. rewards.Select(Resolve)] };

        (ArtifactFolder, ArtifactFolder?, double) Resolve(RewardFolder reward)
        {
            var facts = RewardFacts.Read(reward.Path, $"The folder {reward.Path}");
            if (facts.Method == RewardFacts.Full) return (Folder(reward.Path, StateOf(reward.Path)), null, reward.Weight);
            // By its weights: the same model may lie in several folders.
            if (sources.Append(model).FirstOrDefault(folder => WeightsOf(folder) == facts.SourceWeights) is { } source)
                return (new ArtifactFolder(reward.Path, reward.Path), Folder(source, facts.Source), reward.Weight);
            throw new TransferException(
                $"{reward.Path} is a LoRA reward, which needs the model that it was tuned on ({facts.Source}), and {(sources.Count == 0 ? $"{model} has other weights" : "no folder that was named has its weights")}. Name its folder with --reward-source.");
        }

        string WeightsOf(string folder)
        {
            if (weights.TryGetValue(folder, out string? known)) return known;
            using var opened = ModelArtifact.Open(folder);
            return weights[folder] = WeightsFingerprint.Of(opened, stop);
        }
    }

    private static ArtifactFolder Folder(string folder, string digest) => new(folder, digest, File.Exists(Path.Combine(folder, GoldenOutputs.FileName)));

    private static string StateOf(string folder)
    {
        using var opened = PretrainedFolder.Open(folder);
        return FolderState.Of(opened);
    }
}
