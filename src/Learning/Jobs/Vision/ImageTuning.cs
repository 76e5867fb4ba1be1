using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Adaptation.Peft;
using Ptune.Learning.Data;
using Ptune.Learning.Jobs.Language;
using Ptune.Learning.Models;
using Ptune.Learning.Tuning;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs.Vision;

/// <summary>Tunes one of our image classifiers by its head alone, or by low-rank deltas with the head; its other weights stay as they are.</summary>
internal static class ImageTuning
{
    public static JobOutcome Run(JobContext context, FineTuningSpec spec, Examples examples)
    {
        var (network, config) = context.LoadNetwork("base", NetworkRole.Model, examples, trainable: false);
        using var _ = network;
        using var adapter = AdapterOf(spec.Method!, network, ImageClassifier.HeadPrefix.TrimEnd('.'), spec.Seed, context.Device);
        using var tensors = new ExampleTensors(examples, context.Device);
        using var trainer = new ImageTrainer(adapter.Parameters, network, tensors, Objective.CrossEntropy, spec.Recipe, spec.Seed, context.Run.BatchParts);
        if (!TrainingJob.Train(context, trainer)) return new JobOutcome.Stopped(trainer.LastCheckpoint, trainer.Step);

        var kind = ArtifactKind.Patch;
        if (spec.Method is LoraMethod lora)
        {
            PeftWriter.Write(context.OutputFolder, adapter, network, LoraMethods.Settings(lora), context.InputDigest("base"));
        }
        else
        {
            kind = ArtifactKind.Model;
            TakeOver(network, adapter);
            NetworkArtifact.Write(context.OutputFolder, network, config, new Dictionary<string, string> { ["format"] = "pt" });
        }

        var attributes = new Dictionary<string, string> { [AttributeNames.Architecture] = config.ModelType, [AttributeNames.InputSize] = config.Input.ToString(), [AttributeNames.Method] = LoraMethods.Word(spec.Method!), [AttributeNames.Base] = context.InputDigest("base") };
        return Complete(context, kind, examples, trainer, adapter.Parameters, kind == ArtifactKind.Patch ? adapter.Parameters.Count : network.Parameters.Count, attributes);
    }

    /// <summary>What a method trains of a classifier.</summary>
    /// <exception cref="LearningException">It does not fit one.</exception>
    public static Adapter AdapterOf(TuningMethod method, Network network, string head, long seed, Device device) => method switch
    {
        HeadMethod => Adapter.Create(new AdapterLayout(network).AddSaved(ModulePattern.Ends([head])), device, seed),
        LoraMethod lora => Adapter.Create(new AdapterLayout(network).AddLora(LoraMethods.Settings(lora)).AddSaved(ModulePattern.Ends([head])), device, seed),
        _ => throw new LearningException($"Image classifiers are tuned by full, head or lora, and not by {LoraMethods.Word(method)}."),
    };

    /// <summary>What a tuning says of itself; its files lie in the output folder.</summary>
    public static JobOutcome.Completed Complete(
        JobContext context, ArtifactKind kind, Examples examples, ImageTrainer trainer, TrainableParameters trained, long parameters, IReadOnlyDictionary<string, string> attributes) =>
        context.Complete(
            kind,
            Directory.EnumerateFiles(context.OutputFolder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(context.OutputFolder, file)),
            examples,
            new SortedDictionary<string, double>(StringComparer.Ordinal)
            {
                [MetricNames.Count] = examples.Count,
                [MetricNames.Steps] = trainer.TotalSteps,
                [MetricNames.Parameters] = parameters,
                [MetricNames.TrainedParameters] = trained.Count,
                [MetricNames.FirstLoss] = trainer.Curve[0].Loss,
                [MetricNames.FinalLoss] = trainer.Curve[^1].Loss,
            },
            new Dictionary<string, double> { [MetricNames.ExamplesPerSecond] = trainer.ExamplesPerSecond },
            attributes,
            trainer.Curve,
            trainer.ResumedFrom is not null);

    // The artifact is a whole network, and a network writes its own parameters.
    private static void TakeOver(ImageClassifier network, Adapter adapter)
    {
        using var _ = no_grad();
        foreach (var part in adapter.Layout!.Parts.Where(part => part.Parameter is not null)) network.Parameters[part.Parameter!].copy_(adapter.Parameters[part.Key]);
    }
}
