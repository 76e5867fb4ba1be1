using Ptune.Learning.Models;
using Ptune.Learning.Tensors;
using Ptune.Learning.Tuning.Objectives;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning;

/// <summary>Trains a reward over answers beside the scores of its source.</summary>
internal sealed class AnswerTrainer : TrainingLoop
{
    private readonly IAnswerNetwork _network;
    private readonly AnswerObjective _objective;
    private readonly LanguageRecipe _recipe;
    private readonly TokenPlan _plan;
    private readonly LearningRates _rates;
    private readonly AccumulatedStep _step;
    private readonly PassSettings _pass;
    private readonly ComputeCopies? _copies;

    /// <param name="parameters">What is trained.</param>
    /// <param name="network">The reward, over the examples.</param>
    /// <param name="objective">With the source's scores of the same examples.</param>
    /// <param name="seed">Of the order of the examples, and of dropout.</param>
    /// <param name="stopping">Null: all steps are taken.</param>
    /// <param name="copies">What the network has in the place of <paramref name="parameters"/>, where it computes in another type; null: it has them themselves.</param>
    /// <exception cref="LearningException">A setting of the recipe is out of range, or the network does not compute in the recipe's type.</exception>
    public AnswerTrainer(
        TrainableParameters parameters, IAnswerNetwork network, AnswerObjective objective, LanguageRecipe recipe, long seed, EarlyStopping? stopping = null, ComputeCopies? copies = null)
        : base(parameters, new AdamW(parameters, ParameterDecay.MatricesOnly(parameters, recipe.Rates.WeightDecay)), recipe.Steps, recipe.Rates.CheckpointEverySteps, seed, stopping)
    {
        if (network.Type != recipe.Type) throw new LearningException($"The recipe says {recipe.Type}, and the network computes in {network.Type}.");
        (_network, _objective, _recipe, _pass, _copies) = (network, objective, recipe, recipe.Pass, copies);
        _plan = new TokenPlan([.. Enumerable.Range(0, network.Count).Select(network.Tokens)], recipe.BatchTokens, seed);
        _rates = new LearningRates(recipe.Rates, recipe.Steps);
        _step = new AccumulatedStep(parameters, Optimizer, recipe.Clip);
    }

    /// <summary>Examples that go forward and back at once: the recipe counts rows.</summary>
    public static int Together(IAnswerNetwork network, LanguageRecipe recipe) => Math.Max(1, recipe.MicroBatch / network.RowsAnExample);

    protected override long Take(long step)
    {
        var examples = _plan.Rows(step);
        var result = _step.Take(step + 1, _rates.At(step), examples.Chunk(Together(_network, _recipe)).Select(some => (Func<double>)(() => Backward(some, examples.Count))));
        WindowLoss.AddInPlace(result.Loss);
        return examples.Count;
    }

    protected override double LossOn(long step)
    {
        int[] some = [.. _plan.Rows(step).Take(Together(_network, _recipe))];
        return _objective.Sum(_network.Scores(some), some).item<float>() / some.Length;
    }

    protected override void ParametersMoved() => _copies?.Refresh();

    // Means of parts would count examples by the size of their part.
    private double Backward(int[] some, int ofBatch)
    {
        double loss = _network.Backward(some, scores => _objective.Sum(scores, some, _recipe.LabelSmoothing).Over(ofBatch), _pass);
        _copies?.CollectGradients();
        return loss;
    }
}
