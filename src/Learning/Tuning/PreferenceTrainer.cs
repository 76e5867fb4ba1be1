using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Models;
using Ptune.Learning.Tensors;
using Ptune.Learning.Tuning.Objectives;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning;

/// <summary>Trains a language model on pairs of responses (DPO). What the frozen reference gives a pair is computed when the pair first comes, and kept.</summary>
internal sealed class PreferenceTrainer : TrainingLoop
{
    private readonly PreferenceObjective _objective;
    private readonly LanguageNetwork _reference;
    private readonly TokenRows _chosen;
    private readonly TokenRows _rejected;
    private readonly LanguageRecipe _recipe;
    private readonly TokenPlan _plan;
    private readonly LearningRates _rates;
    private readonly AccumulatedStep _step;
    private readonly Device _device;
    private readonly int _pad;
    private readonly PassSettings _pass;
    private readonly ComputeCopies? _copies;
    private readonly Dictionary<int, (float Chosen, float Rejected)> _known = [];

    /// <param name="parameters">What is trained.</param>
    /// <param name="network">The model as it is trained.</param>
    /// <param name="reference">The model as it was.</param>
    /// <param name="chosen">The better response of each pair.</param>
    /// <param name="rejected">The other one.</param>
    /// <param name="recipe">Tokens of a step count both responses.</param>
    /// <param name="beta">How strongly the reference holds.</param>
    /// <param name="pad">The id of padding.</param>
    /// <param name="seed">Of the order of the pairs, and of dropout.</param>
    /// <param name="copies">As of <see cref="LanguageTrainer"/>.</param>
    public PreferenceTrainer(
        TrainableParameters parameters, LanguageNetwork network, LanguageNetwork reference, IReadOnlyList<EncodedExample> chosen, IReadOnlyList<EncodedExample> rejected, LanguageRecipe recipe, double beta, int pad, long seed, ComputeCopies? copies = null)
        : base(parameters, new AdamW(parameters, ParameterDecay.MatricesOnly(parameters, recipe.Rates.WeightDecay)), recipe.Steps, recipe.Rates.CheckpointEverySteps, seed)
    {
        (_objective, _reference, _recipe, _pad, _device) = (new PreferenceObjective(network, beta), reference, recipe, pad, parameters.Device);
        (_pass, _copies) = (recipe.Pass, copies);
        (_chosen, _rejected) = (TokenRows.Single(chosen), TokenRows.Single(rejected));
        _plan = new TokenPlan([.. chosen.Zip(rejected, (good, bad) => good.Length + bad.Length)], recipe.BatchTokens, seed);
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
        var (chosen, rejected) = Batches(some);
        return _objective.Loss(chosen, rejected, Reference(some));
    }

    private PreferenceLoss Backward(int[] some, int pairs)
    {
        using var scope = NewDisposeScope();
        var (chosen, rejected) = Batches(some);
        var loss = _objective.Backward(chosen, rejected, Reference(some), pairs, _pass);
        _copies?.CollectGradients();
        return loss;
    }

    protected override void ParametersMoved() => _copies?.Refresh();

    private (TokenBatch Chosen, TokenBatch Rejected) Batches(int[] some) =>
        (TokenBatch.Of(_chosen.Blocks(some, _pad), _device), TokenBatch.Of(_rejected.Blocks(some, _pad), _device));

    // Each pair by itself: among others it would be padded and round otherwise, and a run that is resumed meets it among others.
    private (Tensor Chosen, Tensor Rejected) Reference(int[] some)
    {
        foreach (int pair in some.Where(pair => !_known.ContainsKey(pair)))
        {
            var (chosen, rejected) = Batches([pair]);
            _known.Add(pair, (Number(chosen), Number(rejected)));
        }

        return (tensor(some.Select(pair => _known[pair].Chosen).ToArray(), device: _device), tensor(some.Select(pair => _known[pair].Rejected).ToArray(), device: _device));
    }

    private float Number(TokenBatch batch) => PreferenceObjective.LogProbabilities(_reference, batch).item<float>();
}
