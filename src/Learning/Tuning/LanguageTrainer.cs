using Ptune.Learning.Models;
using Ptune.Learning.Tensors;
using Ptune.Learning.Tuning.Objectives;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning;

/// <summary>Trains a language model, or what hangs on one, on rows of tokens.</summary>
internal sealed class LanguageTrainer : TrainingLoop
{
    private readonly TokenObjective _objective;
    private readonly MixedRows _rows;
    private readonly LanguageRecipe _recipe;
    private readonly LearningRates _rates;
    private readonly AccumulatedStep _step;
    private readonly Device _device;
    private readonly int _pad;
    private readonly PassSettings _pass;
    private readonly ComputeCopies? _copies;

    /// <param name="parameters">What is trained.</param>
    /// <param name="objective">What it lowers.</param>
    /// <param name="rows">What it learns from; at least one.</param>
    /// <param name="pad">The id of padding.</param>
    /// <param name="seed">Of the order of the rows, and of dropout.</param>
    /// <param name="stopping">Null: all steps are taken.</param>
    /// <param name="general">Data that are mixed in; null: none.</param>
    /// <param name="copies">What the network has in the place of <paramref name="parameters"/>, where it computes in another type; null: it has them themselves.</param>
    /// <exception cref="LearningException">A setting of the recipe is out of range, or the network does not compute in the recipe's type.</exception>
    public LanguageTrainer(
        TrainableParameters parameters, TokenObjective objective, TokenRows rows, LanguageRecipe recipe, int pad, long seed, EarlyStopping? stopping = null, ComputeCopies? copies = null,
        GeneralData? general = null)
        : base(parameters, new AdamW(parameters, ParameterDecay.MatricesOnly(parameters, recipe.Rates.WeightDecay)), recipe.Steps, recipe.Rates.CheckpointEverySteps, seed, stopping)
    {
        if (objective.Type != recipe.Type) throw new LearningException($"The recipe says {recipe.Type}, and the network computes in {objective.Type}.");
        (_objective, _recipe, _pad, _device, _pass, _copies) = (objective, recipe, pad, parameters.Device, recipe.Pass, copies);
        _rows = new MixedRows(rows, general, recipe.BatchTokens, seed);
        _rates = new LearningRates(recipe.Rates, recipe.Steps);
        _step = new AccumulatedStep(parameters, Optimizer, recipe.Clip);
    }

    /// <summary>What the steps that were done took, of this process or one before it.</summary>
    public TokenCounts TokensTaken => _rows.Count(Step);

    protected override long Take(long step)
    {
        var parts = MicroBatches(step);
        long trained = parts.Sum(part => part.TrainedTokens);
        var result = _step.Take(step + 1, _rates.At(step), parts.Select(part => (Func<double>)(() => Backward(part, trained))));
        WindowLoss.AddInPlace(result.Loss);
        return _rows.Examples(step);
    }

    protected override double LossOn(long step)
    {
        // One without a trained token would have no loss.
        var part = MicroBatches(step).MaxBy(part => part.TrainedTokens)!;
        return _objective.Sum(part) / part.TrainedTokens;
    }

    protected override void ParametersMoved() => _copies?.Refresh();

    private double Backward(TokenBatch part, long trained)
    {
        double loss = _objective.Backward(part, trained, _pass);
        _copies?.CollectGradients();
        return loss;
    }

    private List<TokenBatch> MicroBatches(long step) => [.. _rows.MicroBatches(step, _recipe.MicroBatch, _pad).Select(part => TokenBatch.Of(part, _device))];
}
