using Ptune.Learning.Models;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning;

/// <summary>
/// Looks at the validation loss every so many steps, keeps the parameters that had the least, and ends the run when there were as many looks
/// without a lesser one as there is patience. All of it is part of a checkpoint.
/// </summary>
/// <param name="parameters">What is trained.</param>
/// <param name="everySteps">Between two looks.</param>
/// <param name="patience">Looks without a lesser loss that end the run.</param>
/// <param name="validate">The validation loss of the parameters as they are.</param>
internal sealed class EarlyStopping(TrainableParameters parameters, int everySteps, int patience, Func<double> validate) : IDisposable
{
    private const int _least = 0;
    private const int _step = 1;
    private const int _without = 2;

    /// <summary>[parameters] f32: those with the least loss so far.</summary>
    public Tensor Best { get; } = parameters.Values.clone().DetachFromDisposeScope();

    /// <summary>[3] f64 on the CPU: the least loss, its step, looks since then.</summary>
    public Tensor Record { get; } = tensor([double.PositiveInfinity, 0, 0]).DetachFromDisposeScope();

    /// <summary>Infinity before the first look.</summary>
    public double LeastLoss => Record[_least].item<double>();

    /// <summary>Steps that the kept parameters had.</summary>
    public long BestStep => (long)Record[_step].item<double>();

    public bool IsOver => Record[_without].item<double>() >= patience;

    /// <param name="step">Steps done.</param>
    /// <param name="isLast">Whether no step follows, so that a look is due in any case.</param>
    /// <exception cref="DivergedException">The validation loss is not finite.</exception>
    public void Stepped(long step, bool isLast)
    {
        if (step % everySteps != 0 && !isLast) return;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        double loss = validate();
        if (!double.IsFinite(loss)) throw new DivergedException(step, "validation loss", loss);
        if (loss < LeastLoss)
        {
            Best.copy_(parameters.Values);
            Record.copy_(tensor([loss, step, 0]));
        }
        else
        {
            Record.copy_(tensor([LeastLoss, BestStep, Record[_without].item<double>() + 1]));
        }
    }

    /// <summary>Puts the best parameters into their place.</summary>
    public void TakeBest()
    {
        using var _ = no_grad();
        if (double.IsFinite(LeastLoss)) parameters.Values.copy_(Best);
    }

    public void Dispose()
    {
        Best.Dispose();
        Record.Dispose();
    }
}
