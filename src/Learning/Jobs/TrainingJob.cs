using System.Globalization;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Tuning;

namespace Ptune.Learning.Jobs;

/// <summary>What pretraining, fine-tuning and reward tuning have in common: train a network, write it.</summary>
internal static class TrainingJob
{
    public static JobOutcome Run(
        JobContext context, ImageClassifier network, NetworkConfig config, ExampleTensors examples, Objective objective, TrainingRecipe recipe, long seed)
    {
        using var trainer = new ImageTrainer(network, examples, objective, recipe, seed, context.Run.BatchParts);
        if (!Train(context, trainer, () => EarlierRecipeDigest(context.Run.Spec, network))) return new JobOutcome.Stopped(trainer.LastCheckpoint, trainer.Step);

        var files = NetworkArtifact.Write(context.OutputFolder, network, config, new Dictionary<string, string> { ["format"] = "pt" });
        return context.Complete(
            config.Role == NetworkRole.Model ? ArtifactKind.Model : ArtifactKind.Reward,
            files,
            examples.Examples,
            new SortedDictionary<string, double>(StringComparer.Ordinal)
            {
                [MetricNames.Count] = examples.Count,
                [MetricNames.Steps] = trainer.TotalSteps,
                [MetricNames.Parameters] = network.Parameters.Count,
                [MetricNames.FirstLoss] = trainer.Curve[0].Loss,
                [MetricNames.FinalLoss] = trainer.Curve[^1].Loss,
            },
            new Dictionary<string, double> { [MetricNames.ExamplesPerSecond] = trainer.ExamplesPerSecond },
            new Dictionary<string, string> { [AttributeNames.Architecture] = config.ModelType, [AttributeNames.InputSize] = config.Input.ToString() },
            trainer.Curve,
            trainer.ResumedFrom is not null);
    }

    /// <summary>Trains to the end, from the run's checkpoint where it has one.</summary>
    /// <param name="earlierRecipe">See <see cref="CheckpointIdentity.EarlierRecipe"/>.</param>
    /// <returns>False where it was asked to stop: its last checkpoint stands.</returns>
    public static bool Train(JobContext context, TrainingLoop trainer, Func<string>? earlierRecipe = null)
    {
        var run = context.Run;
        var identity = new CheckpointIdentity(run.JobId, RecipeDigest(context), context.EnvironmentLine, earlierRecipe);
        if (run.Checkpoint is { } checkpoint) trainer.Resume(checkpoint, identity);
        bool isDone = trainer.Run(new TrainingControl
        {
            Identity = identity,
            Folder = run.WorkFolder,
            OnCheckpoint = run.OnCheckpoint,
            OnProgress = run.OnProgress,
            Stop = run.Stop,
            Time = run.Time,
        });
        if (isDone && trainer.Stopping is { } stopping)
            context.Say(string.Create(
                CultureInfo.InvariantCulture, $"Ended after step {trainer.Step:N0} of {trainer.TotalSteps:N0}; the weights of step {stopping.BestStep:N0} are kept, whose validation loss of {stopping.LeastLoss:0.######} is the least."));
        return isDone;
    }

    // The spec may name its inputs by the jobs that make them; the digests make sure that the artifacts are the same. With the spec's seed they decide the weights at the start.
    private static string RecipeDigest(JobContext context)
    {
        var spec = context.Run.Spec;
        return Digest.Of(string.Join('\n', spec.Inputs().Select(input => $"{input.Role} {context.InputDigest(input.Role)}").Prepend(CanonicalJson.Of<Spec>(spec))));
    }

    /// <summary>Earlier builds took the weights at the start instead of the artifacts.</summary>
    private static string EarlierRecipeDigest(JobSpec spec, ImageClassifier network)
    {
        var values = network.Parameters.Values;
        return Digest.Of($"{CanonicalJson.Of<Spec>(spec)}\n{TensorBytes.WhenWritten("start", TensorType.Of(values.dtype), values.shape, () => values.alias()).Digest()}");
    }
}
