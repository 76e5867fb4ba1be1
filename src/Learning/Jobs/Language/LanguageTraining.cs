using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Tuning;
using Ptune.Learning.Tuning.Objectives;

namespace Ptune.Learning.Jobs.Language;

/// <summary>What pretraining and tuning of language models have in common: train, write, say what was read.</summary>
internal static class LanguageTraining
{
    /// <param name="save">Writes the artifact's files; its kind, facts and figures.</param>
    public static JobOutcome Run(
        JobContext context, LanguageTask task, Func<(ArtifactKind Kind, SortedDictionary<string, string> Attributes, SortedDictionary<string, double> Metrics)> save)
    {
        using var stopping = task.Recipe.EarlyStopping is { } early ? EarlyStops.Of(context, task, early) : null;
        using var trainer = new LanguageTrainer(
            task.Parameters, task.Objective, task.Rows(task.Encoded), LanguageRecipes.Of(task.Recipe, context.Run.BatchParts), task.Tokenizer.Padding, task.Seed, stopping, task.Copies, task.General);
        return Finish(context, trainer, stopping, task, save);
    }

    /// <summary>Runs a trainer and completes the job.</summary>
    public static JobOutcome Finish(
        JobContext context, TrainingLoop trainer, EarlyStopping? stopping, LanguageTask task,
        Func<(ArtifactKind Kind, SortedDictionary<string, string> Attributes, SortedDictionary<string, double> Metrics)> save)
    {
        context.Say(TextFacts.Line("Data", task.Texts, task.Data.Split, task.Encoded.Counts, trainer is PreferenceTrainer ? "responses" : "examples"));
        if (!TrainingJob.Train(context, trainer)) return new JobOutcome.Stopped(trainer.LastCheckpoint, trainer.Step);
        var (kind, attributes, metrics) = save();
        attributes[AttributeNames.Data] = task.Texts.Fingerprint;
        TextFacts.Add(metrics, task.Texts, task.Data.Split);
        TextFacts.Add(metrics, task.Encoded.Counts);
        metrics[MetricNames.Steps] = trainer.Step;
        metrics[MetricNames.TrainedParameters] = task.Parameters.Count;
        metrics[MetricNames.FirstLoss] = trainer.Curve[0].Loss;
        metrics[MetricNames.FinalLoss] = trainer.Curve[^1].Loss;
        if (trainer is LanguageTrainer { TokensTaken: var taken } && task.General is not null) metrics[MetricNames.MixedShare] = taken.GeneralShare;
        if (stopping is not null)
        {
            metrics[MetricNames.BestStep] = stopping.BestStep;
            metrics[MetricNames.ValidationLoss] = stopping.LeastLoss;
        }

        return context.Complete(
            kind,
            metrics,
            attributes,
            Measurements(trainer, task),
            trainer.Curve,
            resumedElsewhere: trainer.ResumedFrom is not null);
    }

    private static Dictionary<string, double> Measurements(TrainingLoop trainer, LanguageTask task)
    {
        var measured = new Dictionary<string, double> { [MetricNames.ExamplesPerSecond] = trainer.ExamplesPerSecond };
        if (task.Frozen is FrozenStates states) measured[MetricNames.StateBytes] = states.Bytes;
        return measured;
    }
}
