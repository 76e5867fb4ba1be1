using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Models;
using Ptune.Learning.Tuning;

namespace Ptune.Learning.Jobs;

/// <summary>Trains all weights of a model further on a task.</summary>
internal static class FineTuningJob
{
    public static JobOutcome Run(JobContext context, FineTuningSpec spec)
    {
        var examples = context.ReadExamples(spec.Data);
        var (network, config) = context.LoadNetwork("base", NetworkRole.Model, examples, trainable: true);
        using var _ = network;
        using var tensors = new ExampleTensors(examples, context.Device);
        return TrainingJob.Run(context, network, config, tensors, Objective.CrossEntropy, spec.Recipe, spec.Seed);
    }
}
