using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Adaptation.Peft;
using Ptune.Learning.Data;
using Ptune.Learning.Importing;
using Ptune.Learning.Jobs.Language;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Vision;
using Ptune.Learning.Tuning;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs.Vision;

/// <summary>Tunes a Hugging Face vision transformer on the images of a data set: in full, its head alone, or by LoRA with the head.</summary>
internal static class PretrainedImageTuning
{
    private const string _base = "base";

    public static JobOutcome Run(JobContext context, FineTuningSpec spec, Examples examples)
    {
        string path = ModelArtifact.FolderOf(context.Input(_base));
        RewardMark.Require(path, _base, NetworkRole.Model);
        var given = ConfigOf(path);
        var method = spec.Method ?? new FullMethod();
        var head = NewHead.For(given.Labels, examples.LabelNames, spec.Seed);
        using var folder = PretrainedFolder.Open(path, head);
        using var masters = method is FullMethod ? FullWeights.Of(folder, context.Device) : null;
        // Weights that stay as they are lie over files of their own, which close with the network.
        var parameters = (ModelParameters?)masters ?? PretrainedFolder.Open(path, head).Load(ScalarType.Float32, context.Device, (context.Weights, context.InputDigest(_base)));
        var vit = new HfVit((HfVitConfig)folder.Config, parameters);
        using var network = PretrainedImageNetwork.Of(vit, PreparationWords.Read(folder.Files, vit.Config));
        using var adapter = masters is null ? ImageTuning.AdapterOf(method, vit, vit.Head.Name, spec.Seed, context.Device) : null;
        var trained = adapter?.Parameters ?? masters!;
        using var tensors = new ExampleTensors(examples, context.Device);
        using var trainer = new ImageTrainer(trained, network, tensors, Objective.CrossEntropy, spec.Recipe, spec.Seed, context.Run.BatchParts);
        if (!TrainingJob.Train(context, trainer)) return new JobOutcome.Stopped(trainer.LastCheckpoint, trainer.Step);

        var (kind, attributes) = Save(context, method, folder, vit, adapter, trained);
        if (head is not null) attributes[AttributeNames.Notes] = head.Note(given.Labels);
        attributes[AttributeNames.Method] = LoraMethods.Word(method);
        attributes[AttributeNames.Base] = context.InputDigest(_base);
        return ImageTuning.Complete(context, kind, examples, trainer, trained, kind == ArtifactKind.Patch ? trained.Count : vit.Parameters.Count, attributes);
    }

    /// <summary>The configuration of a folder that is trained on images.</summary>
    /// <exception cref="LearningException">It holds something else.</exception>
    public static HfVitConfig ConfigOf(string path)
    {
        using var folder = PretrainedFolder.Open(path);
        return folder.Config switch
        {
            HfVitConfig vit => vit,
            ClipConfig => throw new LearningException("CLIP is scored and judged with the labels as texts, and it is not trained here. Take a vision transformer (vit), or carry a reward to CLIP's scores."),
            var other => throw new LearningException($"A {other.ModelType} reads no images."),
        };
    }

    private static (ArtifactKind Kind, SortedDictionary<string, string> Attributes) Save(
        JobContext context, TuningMethod method, PretrainedFolder folder, HfVit vit, Adapter? adapter, TrainableParameters trained)
    {
        string output = context.OutputFolder;
        switch (method)
        {
            case LoraMethod lora:
                PeftWriter.Write(output, adapter!, vit, LoraMethods.Settings(lora), context.InputDigest(_base));
                if (folder.Head is { } head) PatchLabels.Write(output, head.Labels);
                return (ArtifactKind.Patch, new(StringComparer.Ordinal) { [AttributeNames.Family] = folder.Config.ModelType, [AttributeNames.Dtype] = "float32" });
            case HeadMethod:
                MergedModel.Write(folder, vit, adapter!, output);
                break;
            default:
                WriteWhole(folder, trained, output);
                break;
        }

        var (kind, attributes, _) = ModelFiles.Finish(output);
        return (kind, attributes);
    }

    /// <summary>A whole model, its weights in f32.</summary>
    public static void WriteWhole(PretrainedFolder folder, TrainableParameters trained, string output)
    {
        ModelFiles.Copy(folder, output);
        ModelFiles.WriteWeights(output, trained, ComputeType.Float32);
        if (folder.Head is { } head) ConfigWords.SetLabels(output, head.Labels, folder);
    }
}
