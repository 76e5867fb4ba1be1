using Ptune.Learning.Models;

namespace Ptune.Learning.Tuning;

/// <summary>An optimizer's step over micro-batches, each of which adds its share of the batch's gradients.</summary>
internal sealed class AccumulatedStep(TrainableParameters parameters, AdamW optimizer, double? clip)
{
    /// <param name="step">From 1.</param>
    /// <param name="learningRate">Of this step.</param>
    /// <param name="microBatches">Each adds its gradients and returns its share of the loss.</param>
    /// <exception cref="DivergedException">Loss or gradients are not finite; the parameters stay as they were.</exception>
    public StepResult Take(long step, double learningRate, IEnumerable<Func<double>> microBatches)
    {
        parameters.ClearGradients();
        double loss = microBatches.Sum(backward => backward());
        if (!double.IsFinite(loss)) throw new DivergedException(step, "loss", loss);
        double norm = GradientClip.Apply(parameters, clip);
        if (!double.IsFinite(norm)) throw new DivergedException(step, "gradient norm", norm);
        optimizer.Step(step, learningRate);
        parameters.ClearGradients();
        return new StepResult(loss, norm);
    }
}
