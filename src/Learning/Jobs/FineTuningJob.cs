using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Jobs.Vision;
using Ptune.Learning.Models;
using Ptune.Learning.Tuning;

namespace Ptune.Learning.Jobs;

/// <summary>Trains an image classifier further on a task.</summary>
internal static class FineTuningJob
{
    public static JobOutcome Run(JobContext context, FineTuningSpec spec)
    {
        var examples = context.ReadExamples(spec.Data);
        if (LoadedImageNetwork.IsPretrained(context.Input("base"))) return PretrainedImageTuning.Run(context, spec, examples);
        if (spec.Method is not (null or FullMethod)) return ImageTuning.Run(context, spec, examples);
        var (network, config) = context.LoadNetwork("base", NetworkRole.Model, examples, trainable: true);
        using var _ = network;
        using var tensors = new ExampleTensors(examples, context.Device);
        return TrainingJob.Run(context, network, config, tensors, Objective.CrossEntropy, spec.Recipe, spec.Seed);
    }
}
