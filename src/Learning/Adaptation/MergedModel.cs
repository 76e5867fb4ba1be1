using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using static TorchSharp.torch;

namespace Ptune.Learning.Adaptation;

/// <summary>
/// A base with an adapter merged into its weights, as a folder that transformers loads. Each sum is computed in f32 and rounded once, to the
/// type that the base's tensor is stored in or to the one that is asked for.
/// </summary>
internal static class MergedModel
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="folder">The base's files.</param>
    /// <param name="network">The base with the adapter on it.</param>
    /// <param name="adapter">What is merged.</param>
    /// <param name="target">Must not exist, or be empty. It appears whole or not at all.</param>
    /// <param name="type">Of all tensors; null: as the base has them.</param>
    /// <param name="shardBytes">A weight file holds no more than this.</param>
    /// <returns>The bytes of the weights, and the number of their files.</returns>
    /// <exception cref="AdapterRefusedException">The adapter cannot be merged, the folder is not empty, or a sum is not finite in its type.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written.</exception>
    public static (long Bytes, int Files) Write(
        PretrainedFolder folder, Network network, Adapter adapter, string target, ScalarType? type = null, long shardBytes = ShardWriter.ShardBytes, CancellationToken stop = default)
    {
        if (adapter.Prompt is not null) throw new AdapterRefusedException("A soft prompt is not a change of weights: it cannot be merged.");
        if (network.Linears.Values.FirstOrDefault(layer => layer.Delta is not (null or LoraDelta)) is { } other)
            throw new AdapterRefusedException($"The layer {other.Name} has an adapter behind it, which is not a change of its weights: it cannot be merged.");
        var parameters = new MergedParameters(folder, network, adapter, type);
        var tensors = parameters.All(stop);
        int files = 0;
        OutputFolder.Fill(target, PretrainedFolder.ConfigFile, inside =>
        {
            files = ShardWriter.Write(inside, tensors, shardBytes);
            foreach (string name in CompanionFiles.In(folder.Files)) Copy(folder.Files.Find(name)!, Path.Combine(inside, name));
            WriteConfig(folder, inside, parameters.UntiedHead is not null, type);
            // What was written is a model again, as far as its headers tell.
            PretrainedFolder.Open(inside).Dispose();
        });
        return (tensors.Sum(tensor => tensor.Length), files);
    }

    private static void Copy(string from, string to)
    {
        using var source = StoredFile.Open(from);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        AtomicFile.Write(to, source.CopyTo);
    }

    private static void WriteConfig(PretrainedFolder folder, string target, bool untied, ScalarType? type)
    {
        var config = JsonNode.Parse(StoredFile.ReadText(folder.Files.Find(PretrainedFolder.ConfigFile)!))!.AsObject();
        if (untied) config["tie_word_embeddings"] = false;
        ConfigWords.SetUsualFile(config);
        if (folder.Head is { } head) ConfigWords.SetLabels(config, head.Labels, folder);
        if (type is { } asked) ConfigWords.SetType(config, ComputeTypes.NameOf(asked));
        AtomicFile.Write(Path.Combine(target, PretrainedFolder.ConfigFile), stream => JsonSerializer.Serialize(stream, config, _json));
    }
}
