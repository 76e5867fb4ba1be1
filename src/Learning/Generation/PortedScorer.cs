using Ptune.Learning.Models.Language;
using Ptune.Learning.Tensors;
using Ptune.Learning.Transfer.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Generation;

/// <summary>A language model, or a reward by itself, and what is carried to it, each with its own cache: the sum of their logits.</summary>
/// <param name="target">It is disposed of with this.</param>
/// <param name="factor">What the target's logits are multiplied by; 1 for a model.</param>
/// <param name="padding">Rows of the target's head that no token has; null: none.</param>
/// <param name="carried">They stay their owner's.</param>
internal sealed class PortedScorer(ModelScorer target, double factor, bool[]? padding, IReadOnlyList<CarriedNetwork> carried) : ITokenScorer
{
    private readonly (CarriedNetwork Network, ModelScorer Scorer)[] _carried = [.. carried.Select(network => (network, new ModelScorer(network.Network.Model, network.Network.Prompt)))];
    private readonly Tensor? _padding = padding is null ? null : OnDevice(padding, target.Device);

    private bool _hasEffect = carried.Count == 0;

    public long Vocabulary => target.Vocabulary;

    public long Context => _carried.Select(pair => pair.Scorer.Context).Append(target.Context).Min();

    public long? RowsIndependentUpTo => _carried.Select(pair => pair.Scorer.RowsIndependentUpTo).Append(target.RowsIndependentUpTo).Min();

    public Device Device => target.Device;

    public void Begin(long batch, long capacity)
    {
        target.Begin(batch, capacity);
        foreach (var (_, scorer) in _carried) scorer.Begin(batch, capacity);
    }

    /// <exception cref="TransferException">What is carried changes nothing.</exception>
    public Tensor Next(Tensor tokens, SequenceLayout layout)
    {
        using var scope = NewDisposeScope();
        var logits = target.Next(tokens, layout).to(ScalarType.Float32, copy: true);           // [B, V]
        if (factor != 1) logits.MultiplyInPlace(factor);
        var added = _hasEffect ? null : zeros_like(logits);
        foreach (var (network, scorer) in _carried)
        {
            var share = network.Share(scorer.Next(network.Reads(tokens, layout.Real), layout));
            logits.narrow(1, 0, share.shape[1]).AddInPlace(share);
            added?.narrow(1, 0, share.shape[1]).AddInPlace(share);
        }

        if (added is not null) PortEffect.Require(added, padding);
        _hasEffect = true;
        if (_padding is not null) logits.MaskedFillInPlace(_padding, float.NegativeInfinity);
        return logits.MoveToOuterDisposeScope();
    }

    public void Keep(Tensor rows)
    {
        target.Keep(rows);
        foreach (var (_, scorer) in _carried) scorer.Keep(rows);
    }

    public void Dispose()
    {
        foreach (var (_, scorer) in _carried) scorer.Dispose();
        _padding?.Dispose();
        target.Dispose();
    }

    private static Tensor OnDevice(bool[] padding, Device device)
    {
        using var onCpu = tensor(padding, ScalarType.Bool);
        return onCpu.to(device, copy: true).DetachFromDisposeScope();
    }
}
