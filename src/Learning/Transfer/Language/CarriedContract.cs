using Ptune.Learning.Importing;
using static TorchSharp.torch;

namespace Ptune.Learning.Transfer.Language;

/// <summary>Whether rewards fit a model's tokens, by their tokenizers alone: no weight is read.</summary>
internal static class CarriedContract
{
    /// <returns>For each reward, how many of the model's tokens it says nothing of, and how many rows of it count.</returns>
    /// <exception cref="LearningException">A folder is no reward, or an id means one token here and another there.</exception>
    public static IReadOnlyList<(long WithoutReward, long Rows)> Require(TokenSpace target, CarriedFolders folders)
    {
        var found = new List<(long, long)>();
        foreach (var (number, (reward, source, _)) in folders.Rewards.Index())
        {
            string name = LoadedNetworks.NameOf(folders, number);
            var facts = RewardFacts.Read(reward.Path, name);
            using var contract = Of(target, name, facts.Method == RewardFacts.Full ? reward : facts.RequireSource(source, name));
            found.Add((contract.WithoutReward, contract.Rows));
        }

        if (folders.Emulated is not { } emulated) return found;
        Of(target, "The tuned source", emulated.Tuned).Dispose();
        Of(target, "The source", emulated.Source).Dispose();
        return found;
    }

    private static TokenContract Of(TokenSpace target, string name, ArtifactFolder folder)
    {
        using var opened = ModelArtifact.Open(folder.Path);
        return TokenContract.Of(target, TokenSpace.Of(name, opened), CPU);
    }
}
