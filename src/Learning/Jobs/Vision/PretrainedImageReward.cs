using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Evaluation;
using Ptune.Learning.Importing;
using Ptune.Learning.Jobs.Language;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Vision;
using Ptune.Learning.Tuning;

namespace Ptune.Learning.Jobs.Vision;

/// <summary>Portable Reward Tuning (arXiv 2502.12776) beside a frozen Hugging Face vision transformer; the reward is another one of its shape.</summary>
internal static class PretrainedImageReward
{
    private const string _source = "source";

    public static JobOutcome Run(JobContext context, RewardTuningSpec spec, Examples examples)
    {
        string path = ModelArtifact.FolderOf(context.Input(_source));
        RewardMark.Require(path, _source, NetworkRole.Model);
        JobContext.RequireSameLabels($"The input '{_source}'", PretrainedImageTuning.ConfigOf(path).Labels, examples.LabelNames);
        using var folder = PretrainedFolder.Open(path);
        var trained = folder.LoadTrainable(context.Device);
        var vit = new HfVit((HfVitConfig)folder.Config, trained);
        using var network = PretrainedImageNetwork.Of(vit, PreparationWords.Read(folder.Files, vit.Config));
        using var tensors = new ExampleTensors(examples, context.Device);

        // One network serves both: it speaks as the source first, and then becomes the reward.
        using var baseLogProbs = Scorer.Score(network, NetworkRole.Model, tensors, stop: context.Run.Stop);
        if (spec.Initialization == RewardInitialization.ZeroHead) trained.Zero($"{vit.Head.Name}.");
        if (spec.Initialization == RewardInitialization.Scratch) trained.Initialize(spec.Seed);
        using var trainer = new ImageTrainer(trained, network, tensors, new Objective(baseLogProbs, spec.Lambda), spec.Recipe, spec.Seed, context.Run.BatchParts);
        if (!TrainingJob.Train(context, trainer)) return new JobOutcome.Stopped(trainer.LastCheckpoint, trainer.Step);

        PretrainedImageTuning.WriteWhole(folder, trained, context.OutputFolder);
        RewardMark.Write(context.OutputFolder);
        var (_, attributes, _) = ModelFiles.Finish(context.OutputFolder);
        attributes[AttributeNames.Base] = context.InputDigest(_source);
        return ImageTuning.Complete(context, ArtifactKind.Reward, examples, trainer, trained, trained.Count, attributes);
    }
}
