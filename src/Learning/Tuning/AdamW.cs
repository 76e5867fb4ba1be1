using Ptune.Learning.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning;

/// <summary>
/// Adam with decoupled weight decay (arXiv 1711.05101, algorithm 2), over all parameters in one buffer: the same formulas as
/// PyTorch's torch.optim.AdamW, with beta 0.9 and 0.999 and epsilon 1e-8.
/// </summary>
internal sealed class AdamW : IDisposable
{
    private const double _beta1 = 0.9;
    private const double _beta2 = 0.999;
    private const double _epsilon = 1e-8;

    private readonly ParameterSet _parameters;
    private readonly double _weightDecay;
    private readonly Tensor _denominator;

    public AdamW(ParameterSet parameters, double weightDecay)
    {
        (_parameters, _weightDecay) = (parameters, weightDecay);
        Mean = zeros_like(parameters.Values).DetachFromDisposeScope();
        Square = zeros_like(parameters.Values).DetachFromDisposeScope();
        _denominator = zeros_like(parameters.Values).DetachFromDisposeScope();
    }

    /// <summary>m: [parameters], the running mean of the gradients.</summary>
    public Tensor Mean { get; }

    /// <summary>v: [parameters], the running mean of their squares.</summary>
    public Tensor Square { get; }

    /// <summary>One update from the gradients; <paramref name="step"/> counts from 1.</summary>
    public void Step(long step, double learningRate)
    {
        using var _ = no_grad();
        var values = _parameters.Values;
        var gradients = _parameters.Gradients;
        double correction1 = 1 - Math.Pow(_beta1, step);
        double correction2 = 1 - Math.Pow(_beta2, step);
        if (_weightDecay != 0) values.mul_(1 - (learningRate * _weightDecay));
        Mean.mul_(_beta1).add_(gradients, alpha: 1 - _beta1);
        Square.mul_(_beta2).addcmul_(gradients, gradients, 1 - _beta2);
        _denominator.copy_(Square).sqrt_().div_(Math.Sqrt(correction2)).add_(_epsilon);
        values.addcdiv_(Mean, _denominator, -learningRate / correction1);
    }

    public void Dispose()
    {
        Mean.Dispose();
        Square.Dispose();
        _denominator.Dispose();
    }
}
