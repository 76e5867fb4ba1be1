using Ptune.Learning.Models;
using Ptune.Learning.Tensors;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning;

/// <summary>Trains a text classifier on labelled texts.</summary>
internal sealed class LabelTrainer : TrainingLoop
{
    private readonly TextClassifier _network;
    private readonly IReadOnlyList<int[]> _ids;
    private readonly IReadOnlyList<int> _labels;
    private readonly LanguageRecipe _recipe;
    private readonly TokenPlan _plan;
    private readonly LearningRates _rates;
    private readonly AccumulatedStep _step;
    private readonly ClassifierLoss _loss;
    private readonly PassSettings _pass;
    private readonly ComputeCopies? _copies;

    /// <param name="parameters">What is trained.</param>
    /// <param name="network">With what hangs on it.</param>
    /// <param name="ids">The tokens of each text.</param>
    /// <param name="labels">The index of each text's label.</param>
    /// <param name="recipe">How it is trained.</param>
    /// <param name="pad">The id of padding.</param>
    /// <param name="seed">Of the order of the texts, and of dropout.</param>
    /// <param name="stopping">Null: all steps are taken.</param>
    /// <param name="copies">What the network has in the place of <paramref name="parameters"/>, where it computes in another type; null: it has them themselves.</param>
    public LabelTrainer(
        TrainableParameters parameters, TextClassifier network, IReadOnlyList<int[]> ids, IReadOnlyList<int> labels, LanguageRecipe recipe, int pad, long seed,
        EarlyStopping? stopping = null, ComputeCopies? copies = null)
        : base(parameters, new AdamW(parameters, ParameterDecay.MatricesOnly(parameters, recipe.Rates.WeightDecay)), recipe.Steps, recipe.Rates.CheckpointEverySteps, seed, stopping)
    {
        (_network, _ids, _labels, _recipe, _pass, _copies) = (network, ids, labels, recipe, recipe.Pass, copies);
        _loss = new ClassifierLoss(network, pad);
        _plan = new TokenPlan([.. ids.Select(text => text.Length)], recipe.BatchTokens, seed);
        _rates = new LearningRates(recipe.Rates, recipe.Steps);
        _step = new AccumulatedStep(parameters, Optimizer, recipe.Clip);
    }

    /// <summary>Logits [B, labels] of some texts, padded to the longest of them.</summary>
    public static Tensor Logits(TextClassifier network, IReadOnlyList<int[]> texts, int pad, Device device)
    {
        int longest = texts.Max(text => text.Length);
        long[] ids = [.. texts.SelectMany(text => text.Select(id => (long)id).Concat(Enumerable.Repeat((long)pad, longest - text.Length)))];
        long[] mask = [.. texts.SelectMany(text => Enumerable.Repeat(1L, text.Length).Concat(Enumerable.Repeat(0L, longest - text.Length)))];
        long[] shape = [texts.Count, longest];
        return network.Forward(tensor(ids, shape, ScalarType.Int64, device: device), tensor(mask, shape, ScalarType.Int64, device: device));
    }

    protected override long Take(long step)
    {
        var texts = _plan.Rows(step);
        var result = _step.Take(step + 1, _rates.At(step), texts.Chunk(_recipe.MicroBatch).Select(some => (Func<double>)(() => Backward(some, texts.Count))));
        WindowLoss.AddInPlace(result.Loss);
        return texts.Count;
    }

    protected override double LossOn(long step)
    {
        int[] some = [.. _plan.Rows(step).Take(_recipe.MicroBatch)];
        return Sum(some).item<float>() / some.Length;
    }

    protected override void ParametersMoved() => _copies?.Refresh();

    // Means of parts would count texts by the size of their part.
    private double Backward(int[] some, int texts)
    {
        using var scope = NewDisposeScope();
        var pass = _pass.Begin(_network.Parameters.Device);
        using var training = _network.Train(pass);
        var loss = Sum(some).Over(texts);
        loss.backward();
        pass.Recomputation?.Backward();
        _copies?.CollectGradients();
        return loss.item<float>();
    }

    private Tensor Sum(int[] some) => _loss.Sum([.. some.Select(text => _ids[text])], [.. some.Select(text => _labels[text])], _recipe.LabelSmoothing);
}
