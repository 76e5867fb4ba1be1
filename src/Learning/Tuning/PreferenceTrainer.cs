using Ptune.Learning.Models;
using Ptune.Learning.Tensors;
using Ptune.Learning.Tuning.Objectives;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning;

/// <summary>Trains a language model on pairs of responses (DPO).</summary>
internal sealed class PreferenceTrainer : TrainingLoop
{
    private readonly PreferenceObjective _objective;
    private readonly PreferencePairs _pairs;
    private readonly LanguageRecipe _recipe;
    private readonly TokenPlan _plan;
    private readonly LearningRates _rates;
    private readonly AccumulatedStep _step;
    private readonly PassSettings _pass;
    private readonly ComputeCopies? _copies;

    /// <param name="parameters">What is trained.</param>
    /// <param name="objective">What it lowers.</param>
    /// <param name="pairs">What it learns from.</param>
    /// <param name="recipe">Tokens of a step count both responses.</param>
    /// <param name="seed">Of the order of the pairs, and of dropout.</param>
    /// <param name="stopping">Null: all steps are taken.</param>
    /// <param name="copies">As of <see cref="LanguageTrainer"/>.</param>
    public PreferenceTrainer(
        TrainableParameters parameters, PreferenceObjective objective, PreferencePairs pairs, LanguageRecipe recipe, long seed, EarlyStopping? stopping = null, ComputeCopies? copies = null)
        : base(parameters, new AdamW(parameters, ParameterDecay.MatricesOnly(parameters, recipe.Rates.WeightDecay)), recipe.Steps, recipe.Rates.CheckpointEverySteps, seed, stopping)
    {
        (_objective, _pairs, _recipe, _pass, _copies) = (objective, pairs, recipe, recipe.Pass, copies);
        _plan = new TokenPlan([.. pairs.Lengths], recipe.BatchTokens, seed);
        _rates = new LearningRates(recipe.Rates, recipe.Steps);
        _step = new AccumulatedStep(parameters, Optimizer, recipe.Clip);
    }

    protected override long Take(long step)
    {
        var pairs = _plan.Rows(step);
        var result = _step.Take(step + 1, _rates.At(step), pairs.Chunk(_recipe.MicroBatch).Select(some => (Func<double>)(() => Backward(some, pairs.Count).Loss)));
        WindowLoss.AddInPlace(result.Loss);
        return pairs.Count;
    }

    protected override double LossOn(long step)
    {
        int[] some = [.. _plan.Rows(step).Take(_recipe.MicroBatch)];
        using var scope = NewDisposeScope();
        var (chosen, rejected) = _pairs.Batches(some);
        return _objective.Loss(chosen, rejected, _pairs.Reference(some));
    }

    private PreferenceLoss Backward(int[] some, int pairs)
    {
        using var scope = NewDisposeScope();
        var (chosen, rejected) = _pairs.Batches(some);
        var loss = _objective.Backward(chosen, rejected, _pairs.Reference(some), pairs, _pass);
        _copies?.CollectGradients();
        return loss;
    }

    protected override void ParametersMoved() => _copies?.Refresh();
}
