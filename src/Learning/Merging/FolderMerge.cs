using Ptune.Learning.Adaptation;
using Ptune.Learning.Formats;
using Ptune.Learning.Importing;
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
        var folder = PretrainedFolder.Open(ModelArtifact.FolderOf(options.Model), PatchLabels.Read(options.Patch));
        // The network owns the folder, and its tensors lie over the files: nothing is copied.
        using var network = folder.Network(folder.LoadAsStored());
        TokenizerEntries.RefuseBeyondTheRows(folder, TokenizerEntries.Read(folder.Files));
        var notes = folder.Notes.ToList();
        using var adapter = PatchFolder.Attach(options.Patch, network, options.IsOwnBase ? null : [options.Model], CPU, notes);
        if (adapter.Prompt is not null)
            throw new AdapterRefusedException($"{options.Patch} is a soft prompt, which is not a change of weights: it cannot be merged. It works beside the model only (ptune generate --patch).");
        var (bytes, files) = MergedModel.Write(folder, network, adapter, options.Target, type, stop: stop);
        return new FolderMergeResult
        {
            Folder = options.Target,
            Family = folder.Config.ModelType,
            Dtypes = type is { } asked ? [ComputeTypes.NameOf(asked)] : [.. folder.Keys.Values.Select(key => ComputeTypes.WordOf(folder.Weights.Entry(key).Type)).Distinct().Order(StringComparer.Ordinal)],
            Bytes = bytes,
            WeightFiles = files,
            Notes = notes,
        };
    }
}
