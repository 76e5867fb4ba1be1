using Ptune.Learning.Models;
using Ptune.Learning.Tuning.Objectives;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning;

/// <summary>Trains a language model, or what hangs on one, on rows of tokens.</summary>
internal sealed class LanguageTrainer : TrainingLoop
{
    private readonly TokenObjective _objective;
    private readonly TokenRows _rows;
    private readonly LanguageRecipe _recipe;
    private readonly TokenPlan _plan;
    private readonly LearningRates _rates;
    private readonly AccumulatedStep _step;
    private readonly Device _device;
    private readonly int _pad;

    /// <param name="parameters">What is trained.</param>
    /// <param name="objective">What it lowers.</param>
    /// <param name="rows">What it learns from; at least one.</param>
    /// <param name="pad">The id of padding.</param>
    /// <param name="seed">Of the order of the rows, and of dropout.</param>
    /// <param name="stopping">Null: all steps are taken.</param>
    public LanguageTrainer(TrainableParameters parameters, TokenObjective objective, TokenRows rows, LanguageRecipe recipe, int pad, long seed, EarlyStopping? stopping = null)
        : base(parameters, new AdamW(parameters, ParameterDecay.MatricesOnly(parameters, recipe.Rates.WeightDecay)), recipe.Steps, recipe.Rates.CheckpointEverySteps, seed, stopping)
    {
        (_objective, _rows, _recipe, _pad, _device) = (objective, rows, recipe, pad, parameters.Device);
        _plan = new TokenPlan([.. Enumerable.Range(0, rows.Count).Select(rows.Tokens)], recipe.BatchTokens, seed);
        _rates = new LearningRates(recipe.Rates, recipe.Steps);
        _step = new AccumulatedStep(parameters, Optimizer, recipe.Clip);
    }

    protected override long Take(long step)
    {
        var rows = _plan.Rows(step);
        var parts = MicroBatches(rows);
        long trained = parts.Sum(part => part.TrainedTokens);
        var result = _step.Take(step + 1, _rates.At(step), parts.Select(part => (Func<double>)(() => _objective.Backward(part, trained))));
        WindowLoss.add_(result.Loss);
        return rows.Sum(_rows.Examples);
    }

    protected override double LossOn(long step)
    {
        // One without a trained token would have no loss.
        var part = MicroBatches(_plan.Rows(step)).MaxBy(part => part.TrainedTokens)!;
        return _objective.Sum(part) / part.TrainedTokens;
    }

    private List<TokenBatch> MicroBatches(IReadOnlyList<int> rows) =>
        [.. rows.Chunk(_recipe.MicroBatch).Select(part => TokenBatch.Of(_rows.Blocks(part, _pad), _device))];
}
