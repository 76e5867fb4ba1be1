using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Models;
using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning;

/// <summary>Trains an image classifier: pretraining, fine-tuning and reward tuning differ in network, examples and <see cref="Objective"/> alone.</summary>
internal sealed class ImageTrainer : TrainingLoop
{
    private readonly IImageNetwork _network;
    private readonly TrainableParameters _parameters;
    private readonly ExampleTensors _examples;
    private readonly Objective _objective;
    private readonly ExampleOrder _order;
    private readonly LearningRates _rates;
    private readonly long _partSize;

    /// <param name="network">What is trained, whole.</param>
    /// <param name="examples">What it learns from.</param>
    /// <param name="objective">What it lowers.</param>
    /// <param name="recipe">How it is trained.</param>
    /// <param name="seed">Of the order of the examples.</param>
    /// <param name="parts">
    /// In how many parts a batch goes forward and back. No network here looks across the examples of a batch (none has batch norm), so the summed
    /// gradients are the whole batch's but for rounding.
    /// </param>
    public ImageTrainer(ImageClassifier network, ExampleTensors examples, Objective objective, TrainingRecipe recipe, long seed, int parts = 1)
        : this(network.Parameters, network, examples, objective, recipe, seed, parts)
    {
    }

    /// <param name="parameters">What is trained: of the network, or of what hangs on it.</param>
    /// <param name="network">With what hangs on it.</param>
    /// <inheritdoc cref="ImageTrainer(ImageClassifier, ExampleTensors, Objective, TrainingRecipe, long, int)"/>
    public ImageTrainer(TrainableParameters parameters, IImageNetwork network, ExampleTensors examples, Objective objective, TrainingRecipe recipe, long seed, int parts = 1)
        : this(parameters, network, examples, objective, recipe, new ExampleOrder(seed, examples.Count, recipe.BatchSize, parameters.Device), seed, parts)
    {
    }

    private ImageTrainer(
        TrainableParameters parameters, IImageNetwork network, ExampleTensors examples, Objective objective, TrainingRecipe recipe, ExampleOrder order, long seed, int parts)
        : base(parameters, new AdamW(parameters, recipe.WeightDecay), order.StepsPerEpoch * recipe.Epochs, recipe.CheckpointEverySteps, seed)
    {
        (_parameters, _network, _examples, _objective, _order) = (parameters, network, examples, objective, order);
        _rates = new LearningRates(recipe, TotalSteps);
        _partSize = (recipe.BatchSize + parts - 1) / parts;
    }

    public override void Dispose()
    {
        _order.Dispose();
        base.Dispose();
    }

    protected override long Take(long step)
    {
        var rows = _order.Rows(step);
        using var training = _network.Network.Train(new TrainingPass(Dropouts.None));
        _parameters.ClearGradients();
        if (rows.shape[0] > _partSize) PassInParts(rows);
        else Pass(Loss(rows));
        Optimizer.Step(step + 1, _rates.At(step));
        return rows.shape[0];
    }

    protected override double LossOn(long step)
    {
        var rows = _order.Rows(step);
        return Loss(rows.narrow(0, 0, Math.Min(_partSize, rows.shape[0]))).item<float>();
    }

    /// <summary>The mean over the batch is the sum over its parts of their means, each weighted by its share.</summary>
    private void PassInParts(Tensor rows)
    {
        long count = rows.shape[0];
        for (long start = 0; start < count; start += _partSize)
        {
            using var scope = NewDisposeScope();
            long size = Math.Min(_partSize, count - start);
            Pass(Loss(rows.narrow(0, start, size)).Times((double)size / count));
        }
    }

    private void Pass(Tensor loss)
    {
        loss.backward();
        WindowLoss.AddInPlace(loss.detach());
    }

    private Tensor Loss(Tensor rows) =>
        _objective.Loss(_network.Forward(_examples.Images(rows)), rows, _examples.Labels.index_select(0, rows));
}
