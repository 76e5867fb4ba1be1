using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning;

/// <summary>
/// Adam with decoupled weight decay (arXiv 1711.05101, algorithm 2): the same formulas as PyTorch's torch.optim.AdamW, with beta 0.9
/// and 0.999 and epsilon 1e-8, over all parameters in one buffer. Each parameter may have a decay of its own. On the CPU one pass of <see cref="AdamWPass"/> does it; elsewhere
/// libtorch's operations.
/// </summary>
internal sealed class AdamW : IDisposable
{
    public const double Beta1 = 0.9;
    public const double Beta2 = 0.999;
    public const double Epsilon = 1e-8;

    private readonly TrainableParameters _parameters;
    private readonly Func<string, double> _decayOf;
    private readonly bool _onCpu;

    public AdamW(TrainableParameters parameters, double weightDecay)
        : this(parameters, _ => weightDecay)
    {
    }

    /// <param name="parameters">What is moved.</param>
    /// <param name="decayOf">A parameter's weight decay, by its name.</param>
    public AdamW(TrainableParameters parameters, Func<string, double> decayOf)
    {
        (_parameters, _decayOf) = (parameters, decayOf);
        _onCpu = parameters.Values.device_type == DeviceType.CPU;
        Mean = zeros_like(parameters.Values).DetachFromDisposeScope();
        Square = zeros_like(parameters.Values).DetachFromDisposeScope();
    }

    /// <summary>m: [parameters], the running mean of the gradients.</summary>
    public Tensor Mean { get; }

    /// <summary>v: [parameters], the running mean of their squares.</summary>
    public Tensor Square { get; }

    /// <summary>One update from the gradients; <paramref name="step"/> counts from 1.</summary>
    public void Step(long step, double learningRate)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        if (_onCpu) StepOnCpu(step, learningRate);
        else StepOnDevice(step, learningRate);
    }

    public void Dispose()
    {
        Mean.Dispose();
        Square.Dispose();
    }

    private unsafe void StepOnCpu(long step, double learningRate)
    {
        float* values = NativeTensors.Floats(_parameters.Values);
        float* mean = NativeTensors.Floats(Mean);
        float* square = NativeTensors.Floats(Square);
        long offset = 0;
        foreach (var (name, gradient) in _parameters.Gradients())
        {
            var present = Require(name, gradient);
            long count = present.numel();
            new AdamWPass(step, learningRate, _decayOf(name)).Apply(values + offset, NativeTensors.Floats(present), mean + offset, square + offset, count);
            offset += count;
        }
    }

    private void StepOnDevice(long step, double learningRate)
    {
        var gradients = cat([.. _parameters.Gradients().Select(pair => Require(pair.Name, pair.Gradient).flatten())], 0);
        var values = _parameters.Values;
        double correction1 = 1 - Math.Pow(Beta1, step);
        double correction2 = 1 - Math.Pow(Beta2, step);
        long offset = 0;
        foreach (var (name, gradient) in _parameters.Gradients())
        {
            values.narrow(0, offset, gradient!.numel()).MultiplyInPlace(1 - (learningRate * _decayOf(name)));
            offset += gradient.numel();
        }

        Mean.MultiplyInPlace(Beta1).AddInPlace(gradients, 1 - Beta1);
        Square.MultiplyInPlace(Beta2).AddProductInPlace(gradients, gradients, 1 - Beta2);
        var denominator = Square.sqrt().DivideInPlace(Math.Sqrt(correction2)).AddInPlace(Epsilon);
        values.AddQuotientInPlace(Mean, denominator, -learningRate / correction1);
    }

    private static Tensor Require(string name, Tensor? gradient) =>
        gradient ?? throw new InvalidOperationException($"Parameter '{name}' got no gradient.");
}
