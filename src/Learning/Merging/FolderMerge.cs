using Ptune.Learning.Adaptation;
using Ptune.Learning.Adaptation.Peft;
using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using static TorchSharp.torch;

namespace Ptune.Learning.Merging;

/// <summary>Merges a PEFT adapter into a model's weights, both folders, as a third folder that transformers loads. Weights pass through memory one tensor at a time.</summary>
public static class FolderMerge
{
    /// <exception cref="LearningException">A folder is refused, the adapter does not fit or cannot be merged, or the target is not empty.</exception>
    /// <exception cref="IOException">The target cannot be written, for example because the disk is full.</exception>
    public static FolderMergeResult Run(FolderMergeOptions options, CancellationToken stop = default)
    {
        TorchRuntime.EnsureLoaded();
        ScalarType? type = options.Dtype is null ? null : ComputeTypes.StoredOf(options.Dtype);
        OutputFolder.RefuseUsed(options.Target);
        using var patch = PeftFolder.Open(options.Patch);
        if (patch.Config is PromptPeftConfig)
            throw new AdapterRefusedException($"{options.Patch} is a soft prompt, which is not a change of weights: it cannot be merged. It works beside the model only (ptune generate --patch).");
        var folder = PretrainedFolder.Open(options.Model);
        // The network owns the folder, and its tensors lie over the files: nothing is copied.
        using var network = folder.Network(folder.LoadAsStored());
        TokenizerEntries.RefuseBeyondTheRows(folder, TokenizerEntries.Read(folder.Files));
        using var adapter = patch.Attach(network, [options.Model], CPU);
        var (bytes, files) = MergedModel.Write(folder, network, adapter, options.Target, type, stop: stop);
        return new FolderMergeResult
        {
            Folder = options.Target,
            Family = folder.Config.ModelType,
            Dtypes = type is { } asked ? [TensorType.Of(asked).Name] : [.. folder.Keys.Values.Select(key => folder.Weights.Entry(key).Type.Name).Distinct().Order(StringComparer.Ordinal)],
            Bytes = bytes,
            WeightFiles = files,
            Notes = [.. folder.Notes, .. patch.Notes],
        };
    }
}
