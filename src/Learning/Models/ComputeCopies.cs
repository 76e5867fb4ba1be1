using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>
/// Trained parameters in the type that a network computes in, which is less exact than the f32 of their masters: small steps of the optimizer would be lost in it
/// (mixed precision, arXiv 1710.03740). The masters are copied after each step; gradients are added to theirs, in f32, after each micro-batch.
/// </summary>
internal sealed class ComputeCopies : ModelParameters
{
    private readonly TrainableParameters _masters;
    private readonly Dictionary<string, Tensor> _copies = new(StringComparer.Ordinal);

    /// <param name="masters">They stay their owner's.</param>
    /// <param name="type">What is computed in.</param>
    /// <param name="names">Of the masters that are copied; null: all.</param>
    public ComputeCopies(TrainableParameters masters, ScalarType type, IEnumerable<string>? names = null)
    {
        (_masters, Type) = (masters, type);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (string name in names ?? masters.Names) _copies.Add(name, masters[name].detach().to(type, copy: true).requires_grad_(true).DetachFromDisposeScope());
    }

    public ScalarType Type { get; }

    public override Device Device => _masters.Device;

    public override long Count => _copies.Values.Sum(copy => copy.NumberOfElements);

    public override Tensor this[string name] => _copies[name];

    public override bool Has(string name) => _copies.ContainsKey(name);

    /// <summary>Takes the masters' numbers, rounded.</summary>
    public void Refresh()
    {
        using var _ = no_grad();
        foreach (var (name, copy) in _copies) copy.copy_(_masters[name]);
    }

    /// <summary>Moves the gradients to the masters.</summary>
    public void CollectGradients()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var (name, copy) in _copies)
        {
            if (copy.grad is not { } gradient) continue;
            var master = _masters[name];
            if (master.grad is { } sum) sum.AddInPlace(gradient);
            else master.grad = gradient.to_type(master.dtype);
            copy.grad = null;
        }
    }

    public override void Dispose()
    {
        foreach (var copy in _copies.Values) copy.Dispose();
    }
}
