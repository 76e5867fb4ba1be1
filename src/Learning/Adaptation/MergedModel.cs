using System.Text.Json.Nodes;
using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Adaptation;

/// <summary>
/// A base with an adapter merged into its weights, as a folder that transformers loads. Each sum is computed in f32 and rounded once, to the
/// type that the base's tensor is stored in or to the one that is asked for.
/// </summary>
internal static class MergedModel
{
    private static readonly string[] _copied = [".json", ".jinja", ".txt", ".md", ".model"];

    /// <param name="folder">The base's files.</param>
    /// <param name="network">The base with the adapter on it.</param>
    /// <param name="adapter">What is merged.</param>
    /// <param name="target">Must not exist, or be empty.</param>
    /// <param name="type">Of all tensors; null: as the base has them.</param>
    /// <exception cref="AdapterRefusedException">The adapter cannot be merged, or the folder is not empty.</exception>
    public static void Write(PretrainedFolder folder, Network network, Adapter adapter, string target, ScalarType? type = null)
    {
        if (adapter.Prompt is not null) throw new AdapterRefusedException("A soft prompt is not a change of weights: it cannot be merged.");
        if (network.Linears.Values.FirstOrDefault(layer => layer.Delta is not (null or LoraDelta)) is { } other)
            throw new AdapterRefusedException($"The layer {other.Name} carries a {other.Delta!.GetType().Name}, which is not a change of its weights: it cannot be merged.");
        OutputFolder.Claim(target);
        var untied = UntiedHead(network);
        var parameters = folder.Keys.Select(pair => (Parameter: pair.Key, Key: pair.Value)).ToList();
        if (untied is not null) parameters.Add(($"{untied.Name}.weight", $"{untied.Name}.weight"));
        string embedding = network is CausalLanguageModel model ? $"{model.Embedding.Name}.weight" : "";
        SafetensorsWriter.Write(Path.Combine(target, ShardedWeights.SingleFile), parameters.Select(Bytes), new Dictionary<string, string> { ["format"] = "pt" });
        foreach (string name in folder.Files.Names.Where(IsCopied)) Copy(folder.Files.Find(name)!, Path.Combine(target, name));
        WriteConfig(folder, target, untied is not null, type);

        TensorBytes Bytes((string Parameter, string Key) pair)
        {
            // A head that was tied is stored as the embedding.
            var entry = folder.Weights.Entry(folder.Keys.GetValueOrDefault(pair.Parameter) ?? folder.Keys[embedding]);
            var stored = type is { } asked ? TensorType.Of(asked) : entry.Type;
            return TensorBytes.WhenWritten(pair.Key, stored, entry.Shape, () =>
            {
                using var scope = NewDisposeScope();
                using var _ = no_grad();
                return Merged(network, adapter, pair.Parameter).to_type(stored.Torch!.Value).MoveToOuterDisposeScope();
            });
        }
    }

    private static void Copy(string from, string to)
    {
        using var source = StoredFile.Open(from);
        AtomicFile.Write(to, source.CopyTo);
    }

    /// <summary>A parameter with the adapter, in f32.</summary>
    private static Tensor Merged(Network network, Adapter adapter, string parameter)
    {
        string module = parameter[..parameter.LastIndexOf('.')];
        bool isWeight = parameter.EndsWith(".weight", StringComparison.Ordinal);
        if (network.Linears.TryGetValue(module, out var layer))
        {
            var own = (isWeight ? layer.Weight : layer.Bias!).to_type(ScalarType.Float32);
            if (!isWeight || layer.Delta is not LoraDelta lora) return own;
            return own + (layer.IsTransposed ? lora.Difference().t() : lora.Difference());
        }

        if (network.Embeddings.TryGetValue(module, out var table))
        {
            var rows = table.Weight.to_type(ScalarType.Float32);
            return table.Delta is LoraRowsDelta delta ? rows + delta.Difference() : rows;
        }

        var saved = adapter.Layout?.Parts.FirstOrDefault(part => part.Parameter == parameter);
        return (saved is null ? network.Parameters[parameter] : adapter.Parameters[saved.Key]).to_type(ScalarType.Float32);
    }

    /// <summary>The head, where it was the embedding and is not any more: then it is written by itself, and the model is not tied.</summary>
    private static Linear? UntiedHead(Network network)
    {
        if (network is not CausalLanguageModel model || model.Parameters.Has($"{model.Head.Name}.weight")) return null;
        bool same = ReferenceEquals(model.Head.Weight, model.Embedding.Weight) && model.Head.Delta is null && model.Embedding.Delta is null;
        return same ? null : model.Head;
    }

    private static void WriteConfig(PretrainedFolder folder, string target, bool untied, ScalarType? type)
    {
        var config = JsonNode.Parse(StoredFile.ReadText(folder.Files.Find(PretrainedFolder.ConfigFile)!))!.AsObject();
        if (untied) config["tie_word_embeddings"] = false;
        if (type is { } asked)
        {
            string word = config.ContainsKey("dtype") ? "dtype" : "torch_dtype";
            config[word] = asked switch { ScalarType.BFloat16 => "bfloat16", ScalarType.Float16 => "float16", _ => "float32" };
        }

        // Last: a folder with this file is whole.
        AtomicFile.Write(Path.Combine(target, PretrainedFolder.ConfigFile), stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(config.ToJsonString(new() { WriteIndented = true }))));
    }

    private static bool IsCopied(string name) =>
        name != PretrainedFolder.ConfigFile && !name.EndsWith(".index.json", StringComparison.Ordinal) && _copied.Contains(Path.GetExtension(name));
}
