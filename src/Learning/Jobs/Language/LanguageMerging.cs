using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Importing;
using Ptune.Learning.Merging;
using Ptune.Learning.Models.HuggingFace;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs.Language;

/// <summary>A language model with a patch, or with what tuning changed of another one, in its weights.</summary>
internal static class LanguageMerging
{
    private const string _base = "base";

    public static JobOutcome Run(JobContext context, MergingSpec spec)
    {
        if (spec.Difference is { } difference) WeightDifferences.Write(context.Input(_base), context.Input(MergingSpec.Tuned), context.Input(MergingSpec.Source), difference.Weight, context.OutputFolder, context.Run.Stop);
        else Merge(context);
        var (kind, attributes, metrics) = ModelFiles.Finish(context.OutputFolder);
        attributes[AttributeNames.Base] = context.InputDigest(_base);
        return context.Complete(kind, metrics, attributes);
    }

    private static void Merge(JobContext context)
    {
        var folder = ModelArtifact.Open(context.Input(_base));
        // The network owns the folder, and its tensors lie over the files: nothing is copied.
        using var network = folder.Network(folder.LoadAsStored());
        TokenizerEntries.RefuseBeyondTheRows(folder, TokenizerEntries.Read(folder.Files));
        using var adapter = PatchFolder.Attach(context.Input("patch"), network, [context.InputDigest(_base)], CPU, []);
        MergedModel.Write(folder, network, adapter, context.OutputFolder, stop: context.Run.Stop);
    }
}
