using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tuning;
using Ptune.Learning.Tuning.Objectives;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs.Language;

/// <summary>Looks at the loss on the validation split of the data that are trained on.</summary>
internal static class EarlyStops
{
    public static EarlyStopping Of(JobContext context, LanguageTask task, EarlyStoppingSpec early)
    {
        var data = task.Data with { Split = Split.Validation, Count = early.Count };
        var texts = context.ReadHeldTexts(data);
        var examples = KeptEncodings.Of(context, texts, data, task.Tokenizer);
        context.Say(TextFacts.Line("Data of early stopping", texts, Split.Validation, examples.Counts));
        var rows = task.Rows(examples);
        task.OnValidation?.Invoke(examples, task.Recipe.Steps!.Value / early.EverySteps);
        var objective = task.Objective;
        int batch = task.Recipe.MicroBatch!.Value;
        return new EarlyStopping(task.Parameters, early.EverySteps, early.Patience, () => MeanLoss(objective, rows, batch, task.Tokenizer.Padding, task.Parameters.Device));
    }

    /// <summary>The same of pairs of responses.</summary>
    /// <param name="frozen">The model as it was.</param>
    public static EarlyStopping OfPairs(JobContext context, LanguageTask task, EarlyStoppingSpec early, PreferenceObjective objective, LanguageNetwork frozen)
    {
        var data = task.Data with { Split = Split.Validation, Count = early.Count };
        var texts = context.ReadHeldTexts(data);
        var (chosen, rejected) = EncodedTexts.OfPairs(texts, data, task.Tokenizer);
        context.Say(TextFacts.Line("Data of early stopping", texts, Split.Validation, chosen.Counts, "responses"));
        var held = new PreferencePairs(frozen, chosen.Examples, rejected.Examples, task.Tokenizer.Padding, task.Parameters.Device);
        int batch = task.Recipe.MicroBatch!.Value;
        return new EarlyStopping(task.Parameters, early.EverySteps, early.Patience, () => held.MeanLoss(objective, batch));
    }

    /// <summary>The mean over all trained tokens.</summary>
    public static double MeanLoss(TokenObjective objective, TokenRows rows, int batch, int pad, Device device)
    {
        double sum = 0;
        long tokens = 0;
        foreach (int[] some in Enumerable.Range(0, rows.Count).Chunk(batch))
        {
            using var scope = NewDisposeScope();
            var part = TokenBatch.Of(rows.Blocks(some, pad), device);
            sum += objective.Sum(part);
            tokens += part.TrainedTokens;
        }

        return sum / tokens;
    }
}
