using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Models;
using Ptune.Learning.Tuning;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ptune.Prt.Bench;

/// <summary>Reward tuning as one would first write it: the trainer's step, but with the frozen base run in every one.</summary>
internal sealed class NaiveTuning(ImageClassifier source, ImageClassifier reward, ExampleTensors examples, TrainingRecipe recipe, long seed) : IDisposable
{
    private readonly ExampleOrder _order = new(seed, examples.Count, recipe.BatchSize, CPU);
    private readonly LearningRates _rates = new(recipe, long.MaxValue / 2);
    private readonly AdamW _optimizer = new(reward.Parameters, recipe.WeightDecay);
    private readonly Tensor _loss = zeros(1, ScalarType.Float64).DetachFromDisposeScope();
    private long _step;

    public void TakeStep()
    {
        using var scope = NewDisposeScope();
        var rows = _order.Rows(_step);
        var images = examples.Images(rows);
        Tensor baseLogProbs;
        using (no_grad()) baseLogProbs = F.log_softmax(source.Forward(images), 1);
        var loss = F.cross_entropy(reward.Forward(images) + baseLogProbs, examples.Labels.index_select(0, rows));
        reward.Parameters.ClearGradients();
        loss.backward();
        double rate = _rates.At(_step);
        _optimizer.Step(++_step, rate);
        _loss.add_(loss.detach());
    }

    public void Dispose()
    {
        _order.Dispose();
        _optimizer.Dispose();
        _loss.Dispose();
    }
}
