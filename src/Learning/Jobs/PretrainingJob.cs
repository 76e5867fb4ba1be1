using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Models;
using Ptune.Learning.Tuning;

namespace Ptune.Learning.Jobs;

/// <summary>Trains a foundation model from fresh weights.</summary>
internal static class PretrainingJob
{
    public static JobOutcome Run(JobContext context, PretrainingSpec spec)
    {
        var examples = context.ReadExamples(spec.Data);
        var config = new NetworkConfig(NetworkRole.Model, spec.Architecture, examples.Size, examples.LabelNames);
        using var network = ImageClassifier.Create(config.Architecture, config.Input, config.Labels.Count, context.Device, trainable: true);
        network.Parameters.Initialize(spec.Seed);
        using var tensors = new ExampleTensors(examples, context.Device);
        return TrainingJob.Run(context, network, config, tensors, Objective.CrossEntropy, spec.Recipe, spec.Seed);
    }
}
