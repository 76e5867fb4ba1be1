using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Evaluation;
using Ptune.Learning.Jobs.Vision;
using Ptune.Learning.Models;
using Ptune.Learning.Tuning;

namespace Ptune.Learning.Jobs;

/// <summary>Portable Reward Tuning (arXiv 2502.12776): trains r beside the frozen source.</summary>
internal static class RewardTuningJob
{
    public static JobOutcome Run(JobContext context, RewardTuningSpec spec)
    {
        var examples = context.ReadExamples(spec.Data);
        if (LoadedImageNetwork.IsPretrained(context.Input("source"))) return PretrainedImageReward.Run(context, spec, examples);
        var (network, config) = context.LoadNetwork("source", NetworkRole.Model, examples, trainable: true);
        using var _ = network;
        using var tensors = new ExampleTensors(examples, context.Device);

        // One network serves both: it speaks as the source first, and then becomes the reward.
        using var baseLogProbs = Scorer.Score(network, NetworkRole.Model, tensors, stop: context.Run.Stop);
        Initialize(network, spec);
        return TrainingJob.Run(
            context, network, config with { Role = NetworkRole.Reward }, tensors, new Objective(baseLogProbs, spec.Lambda), spec.Recipe, spec.Seed);
    }

    private static void Initialize(ImageClassifier network, RewardTuningSpec spec)
    {
        switch (spec.Initialization)
        {
            case RewardInitialization.Source:
                break;
            case RewardInitialization.ZeroHead:
                network.Parameters.Zero(ImageClassifier.HeadPrefix);
                break;
            case RewardInitialization.Scratch:
                network.Parameters.Initialize(spec.Seed);
                break;
            default:
                throw new LearningException($"initialization '{spec.Initialization}' is unknown.");
        }
    }
}
