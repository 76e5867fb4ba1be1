using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Adaptation;

/// <summary>The parameters of a base with an adapter in them, made one at a time: each sum is computed in f32 and rounded once.</summary>
/// <param name="folder">The base's files.</param>
/// <param name="network">The base with the adapter on it, its parameters in any types.</param>
/// <param name="adapter">What is merged.</param>
/// <param name="type">Of all tensors; null: as the base has them.</param>
internal sealed class MergedParameters(PretrainedFolder folder, Network network, Adapter adapter, ScalarType? type)
{
    private readonly string _embedding = network is CausalLanguageModel model ? $"{model.Embedding.Name}.weight" : "";

    /// <summary>The head, where it was the embedding and is not any more: then it is written by itself, and the model is not tied.</summary>
    public Linear? UntiedHead { get; } = Untied(network);

    /// <summary>All tensors of the merged model, by the names that the base's files have for them; where the head is new, the files are another class's, and the names are the usual ones.</summary>
    public IReadOnlyList<TensorBytes> All(CancellationToken stop)
    {
        var parameters = folder.Keys.Select(pair => (Parameter: pair.Key, Key: folder.IsHeadless ? pair.Key : pair.Value)).ToList();
        parameters.AddRange(folder.New.Select(parameter => (parameter.Name, parameter.Name)));
        if (UntiedHead is { } head) parameters.Add(($"{head.Name}.weight", $"{head.Name}.weight"));
        return [.. parameters.Select(pair =>
        {
            // A new head is stored as the other weights are.
            var entry = folder.Weights.Entry(IsNew(pair.Parameter) ? folder.Keys.Values.First() : KeyOf(pair.Parameter));
            var stored = type is { } asked ? TensorType.Of(asked) : entry.Type;
            return TensorBytes.WhenWritten(pair.Key, stored, IsNew(pair.Parameter) ? network.Parameters[pair.Parameter].shape : entry.Shape, () => Made(pair.Parameter, stored.Torch!.Value, stop));
        })];
    }

    private Tensor Made(string parameter, ScalarType target, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var rounded = Merged(parameter).to_type(target);
        // A sum carries every NaN and infinity; it may overflow by itself, so what it finds is looked at again.
        if (!double.IsFinite(rounded.sum(ScalarType.Float64).item<double>()) && !rounded.isfinite().all().item<bool>()) throw NotFinite(parameter, target);
        return rounded.MoveToOuterDisposeScope();
    }

    /// <summary>A parameter with the adapter, in f32; one that the adapter does not touch as it is stored.</summary>
    private Tensor Merged(string parameter)
    {
        string module = parameter[..parameter.LastIndexOf('.')];
        bool isWeight = parameter.EndsWith(".weight", StringComparison.Ordinal);
        var saved = adapter.Layout?.Parts.FirstOrDefault(part => part.Parameter == parameter);
        var own = saved is not null ? adapter.Parameters[saved.Key] : IsNew(parameter) ? network.Parameters[parameter].alias() : folder.Weights.Tensor(KeyOf(parameter));
        if (saved is null && !IsNew(parameter) && KeyOf(parameter) == folder.Keys.GetValueOrDefault(_embedding)) own = WithNewRows(own);
        var difference = isWeight ? Difference(module) : null;
        return difference is null ? own : own.to_type(ScalarType.Float32).Plus(difference);
    }

    private Tensor? Difference(string module)
    {
        if (network.Linears.TryGetValue(module, out var layer) && layer.Delta is LoraDelta lora) return layer.IsTransposed ? lora.Difference().t() : lora.Difference();
        return network.Embeddings.TryGetValue(module, out var table) && table.Delta is LoraRowsDelta rows ? rows.Difference() : null;
    }

    private Tensor WithNewRows(Tensor table) => adapter.Layout?.Rows is not { } rows ? table
        : table.to_type(ScalarType.Float32).index_copy(0, tensor(rows.Ids.ToArray(), ScalarType.Int64), adapter.Parameters[rows.Part.Key].to_type(ScalarType.Float32));

    private bool IsNew(string parameter) => folder.Head is not null && folder.Config.IsOfHead(parameter);

    // A head that was tied is stored as the embedding.
    private string KeyOf(string parameter) => folder.Keys.GetValueOrDefault(parameter) ?? folder.Keys[_embedding];

    private AdapterRefusedException NotFinite(string parameter, ScalarType target)
    {
        var exact = Merged(parameter);
        return exact.isfinite().all().item<bool>()
            ? new AdapterRefusedException($"The tensor '{parameter}' reaches {exact.abs().max().to_type(ScalarType.Float64).item<double>():0.##}, which is beyond {ComputeTypes.NameOf(target)}. Choose bfloat16 or float32.")
            : new AdapterRefusedException($"The tensor '{parameter}' holds numbers that are not finite (NaN or Infinity) in the base or in the sum: nothing computed with it would mean anything.");
    }

    private static Linear? Untied(Network network)
    {
        if (network is not CausalLanguageModel model || model.Parameters.Has($"{model.Head.Name}.weight")) return null;
        bool same = ReferenceEquals(model.Head.Weight, model.Embedding.Weight) && model.Head.Delta is null && model.Embedding.Delta is null;
        return same ? null : model.Head;
    }
}
