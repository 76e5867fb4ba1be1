using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Importing;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tokenization;
using Ptune.Learning.Transfer.Language;
using Ptune.Learning.Tuning;
using Ptune.Learning.Tuning.Objectives;

namespace Ptune.Learning.Jobs.Language;

/// <summary>
/// Portable Reward Tuning over labels, or over the choices of questions (arXiv 2502.12776): what the reward scores are answers, so that it is carried to models with other
/// tokens and of other architectures. The frozen source's scores of the examples are computed once, before the first step.
/// </summary>
internal static class AnswerRewardTuning
{
    public static JobOutcome Run(JobContext context, RewardTuningSpec spec)
    {
        var texts = context.ReadTexts(spec.Data);
        using var folder = ModelArtifact.Open(context.Input(LanguageRewardTuning.Source));
        RequireFit(spec, folder, texts);
        using var tokenizer = TokenizerFolder.Load(folder.Files.Folder);
        TokenizerEntries.RefuseBeyondTheRows(folder, TokenizerEntries.Read(folder.Files));
        using var trained = TrainedReward.Create(spec, folder, context);
        var source = new AnswerModel(trained.SourceModel, tokenizer, "The source", kept: (context.States, context.InputDigest(LanguageRewardTuning.Source)));
        var reward = new AnswerModel(trained.Model, tokenizer, "The reward");
        var examples = reward.Encode(texts, spec.Data);
        context.Say(TextFacts.Line("Data", texts, spec.Data.Split, examples.Counts, areAnswers: true));
        using var objective = ObjectiveOf(context, spec, source, texts, examples);
        var recipe = LanguageRecipes.Of(spec.Recipe, context.Run.BatchParts);
        (TextSelection Texts, EncodedAnswers Examples)? held = spec.Recipe.EarlyStopping is { } early ? Held(context, spec.Data with { Split = Split.Validation, Count = early.Count }, reward, texts.Labels) : null;
        using var heldObjective = held is null ? null : ObjectiveOf(context, spec, source, held.Value.Texts, held.Value.Examples);
        using var stopping = held is null
            ? null
            : new EarlyStopping(trained.Parameters, spec.Recipe.EarlyStopping!.EverySteps, spec.Recipe.EarlyStopping.Patience, () => Mean(heldObjective!, held.Value.Examples.Network, recipe));
        using var trainer = new AnswerTrainer(trained.Parameters, examples.Network, objective, recipe, spec.Seed, stopping, trained.Copies);
        if (!TrainingJob.Train(context, trainer)) return new JobOutcome.Stopped(trainer.LastCheckpoint, trainer.Step);

        var labels = texts.Labels?.Names;
        var (kind, attributes, metrics) = trained.Save(context, spec, labels is null ? RewardFacts.OverChoices : RewardFacts.OverLabels, labels);
        attributes[AttributeNames.Data] = texts.Fingerprint;
        TextFacts.Add(metrics, texts, spec.Data.Split);
        TextFacts.Add(metrics, examples.Counts);
        metrics[MetricNames.Steps] = trainer.Step;
        metrics[MetricNames.TrainedParameters] = trained.Parameters.Count;
        metrics[MetricNames.FirstLoss] = trainer.Curve[0].Loss;
        metrics[MetricNames.FinalLoss] = trainer.Curve[^1].Loss;
        if (stopping is not null)
        {
            metrics[MetricNames.BestStep] = stopping.BestStep;
            metrics[MetricNames.ValidationLoss] = stopping.LeastLoss;
        }

        return context.Complete(
            kind, metrics, attributes, new Dictionary<string, double> { [MetricNames.ExamplesPerSecond] = trainer.ExamplesPerSecond }, trainer.Curve, labels, trainer.ResumedFrom is not null);
    }

    private static AnswerObjective ObjectiveOf(JobContext context, RewardTuningSpec spec, AnswerModel source, TextSelection texts, EncodedAnswers examples) =>
        new(source.Scores(texts with { Records = examples.Records }, spec.Data, context.Run.Stop), examples.Right, spec.Lambda, context.Device);

    private static (TextSelection Texts, EncodedAnswers Examples) Held(JobContext context, DataSpec data, AnswerModel reward, LabelNames? labels)
    {
        // The labels of the whole data set, however few of them the split has.
        var texts = context.ReadHeldTexts(data) with { Labels = labels };
        var examples = reward.Encode(texts, data);
        context.Say(TextFacts.Line("Data of early stopping", texts, Split.Validation, examples.Counts, areAnswers: true));
        return (texts, examples);
    }

    private static double Mean(AnswerObjective objective, IAnswerNetwork network, LanguageRecipe recipe) => objective.Mean(network, AnswerTrainer.Together(network, recipe));

    private static void RequireFit(RewardTuningSpec spec, PretrainedFolder folder, TextSelection texts)
    {
        if (folder.Config is not (DecoderConfig or BertConfig)) throw new LearningException($"The source is a {folder.Config.ModelType}. Rewards over answers to texts are trained beside language models and classifiers of texts.");
        if (folder.Config is BertConfig bert) AnswerContract.Require("The source", bert.Labels, texts.Labels);
        if (folder.Config is not DecoderConfig decoder) return;
        LanguagePretraining.RequireRoom(decoder, spec.Data);
        if (spec.Initialization == RewardInitialization.ZeroHead)
            throw new LearningException("initialization zeroHead is not available where a language model scores answers: with a head of zeros a score says only how many tokens an answer has. Write source or scratch.");
    }
}
