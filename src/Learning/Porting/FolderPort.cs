using System.Text;
using System.Text.Json;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Formats;
using Ptune.Learning.Importing;
using Ptune.Learning.Merging;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Transfer.Language;

namespace Ptune.Learning.Porting;

/// <summary>
/// Puts a model and rewards side by side into a folder, with a card and a script that runs them in transformers: softmax(log_softmax(base) + sum of weight r / lambda),
/// Portable Reward Tuning on a target (arXiv 2502.12776). A reward is no change of the base's weights, so that it cannot be merged with them.
/// </summary>
public static class FolderPort
{
    internal const string Base = "base", Facts = "rewards.json", Script = "generate.py", Card = "README.md";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="LearningException">A folder is refused, a reward does not fit the model's tokens, or the target is not empty.</exception>
    /// <exception cref="IOException">The target cannot be written, for example because the disk is full.</exception>
    public static FolderPortResult Run(FolderPortOptions options, CancellationToken stop = default)
    {
        TorchRuntime.EnsureLoaded();
        OutputFolder.RefuseUsed(options.Target);
        using var folder = ModelArtifact.Open(options.Model);
        TokenizerEntries.RefuseBeyondTheRows(folder, TokenizerEntries.Read(folder.Files));
        var space = TokenSpace.Of("The model", folder);
        var contracts = CarriedContract.Require(space, options.Carried);
        var rewards = options.Carried.Rewards.Select((reward, number) => Describe(options, number, reward, contracts[number])).ToList();
        OutputFolder.Fill(options.Target, Card, inside =>
        {
            Copy(folder, Path.Combine(inside, Base), options.MayLink, stop);
            foreach (var (number, (reward, source, _)) in options.Carried.Rewards.Index()) Place(options, reward, source, Path.Combine(inside, rewards[number].Folder), stop);
            AtomicFile.Write(Path.Combine(inside, Facts), stream => JsonSerializer.Serialize(stream, rewards, _json));
            AtomicFile.Write(Path.Combine(inside, Script), stream => stream.Write(PortScript.Bytes()));
            AtomicFile.Write(Path.Combine(inside, Card), stream => stream.Write(Encoding.UTF8.GetBytes(PortCard.Of(folder, NameOf(options, 0, options.Model), rewards))));
        });
        return new FolderPortResult
        {
            Folder = options.Target,
            Family = folder.Config.ModelType,
            Rewards = rewards.Count,
            Bytes = Directory.EnumerateFiles(options.Target, "*", SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length),
            Notes = [.. folder.Notes, .. rewards.Where(reward => reward.WithoutReward > 0).Select(reward => $"{reward.Name} gives no reward to {reward.WithoutReward:N0} of the model's tokens.")],
        };
    }

    private static PortedReward Describe(FolderPortOptions options, int number, (ArtifactFolder Reward, ArtifactFolder? Source, double Weight) use, (long WithoutReward, long Rows) contract)
    {
        string name = NameOf(options, number + 1, use.Reward.Path);
        var facts = RewardFacts.Read(use.Reward.Path, name);
        using var network = ModelArtifact.Open((use.Source ?? use.Reward).Path);
        return new PortedReward(
            options.Carried.Rewards.Count == 1 ? "reward" : $"reward-{number + 1}", name, use.Weight, facts.Lambda, facts.Method, contract.Rows, TokenSpace.Of(name, network).Substitute, contract.WithoutReward);
    }

    private static string NameOf(FolderPortOptions options, int number, string folder) => options.Names?[number] ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));

    private static void Place(FolderPortOptions options, ArtifactFolder reward, ArtifactFolder? source, string target, CancellationToken stop)
    {
        if (source is null)
        {
            using var folder = PretrainedFolder.Open(reward.Path);
            Copy(folder, target, options.MayLink, stop);
            return;
        }

        // Deltas on the source's weights become a network of their own, which needs no PEFT.
        FolderMerge.Run(new FolderMergeOptions { Model = source.Path, Patch = reward.Path, Target = target, Dtype = options.Dtype, IsOwnBase = true }, stop);
    }

    private static void Copy(PretrainedFolder folder, string target, bool mayLink, CancellationToken stop)
    {
        var names = KeptFiles.Of(folder);
        if (!mayLink)
        {
            KeptFiles.Copy(folder.Files, names, target, stop);
            return;
        }

        foreach (string name in names) FileLink.Make(folder.Files.Find(name)!, Path.Combine(target, name));
    }
}
