using Ptune.Learning.Tensors;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Transfer.Language;

/// <summary>
/// softmax(log_softmax(f) + sum of w r / lambda), Portable Reward Tuning on a target (arXiv 2502.12776), and emulated fine-tuning with the factors w and -w
/// (arXiv 2401.08565). Normalizers cancel, so that it is a sum of products of the heads: no network's logits are made by themselves.
/// </summary>
/// <param name="target">The model, or a reward by itself.</param>
/// <param name="factor">What its outputs are multiplied by; 1 for a model.</param>
/// <param name="padding">Rows of the target's head that no token has; null: none.</param>
/// <param name="carried">What is added to it.</param>
internal sealed class PortedNetwork(LanguageNetwork target, double factor, bool[]? padding, IReadOnlyList<CarriedNetwork> carried) : ITokenNetwork, IDisposable
{
    // Finite: a row of minus infinity would make the mean of a label smoothing infinite.
    private const float _never = -1e30f;
    private const long _probed = 16;

    private readonly Tensor? _padding = padding is null ? null : PaddingOf(padding, target.Device);

    private bool _hasEffect;

    public Device Device => target.Device;

    public long Context => carried.Select(network => network.Network.Context).Append(target.Context).Min();

    public long? RowsIndependentUpTo => carried.Select(network => network.Network.RowsIndependentUpTo).Append(target.RowsIndependentUpTo).Min();

    /// <exception cref="TransferException">What is added changes nothing.</exception>
    public IReadOnlyList<HeadTerm> Terms(TokenBatch batch, Tensor rows)
    {
        var own = target.Terms(batch, rows).Select(term => term.Times(factor)).ToList();
        if (_padding is not null) own[0] = own[0] with { Bias = own[0].Bias is { } bias ? bias.Plus(_padding) : _padding };
        var added = carried.SelectMany(network => network.Terms(batch, rows)).ToList();
        if (carried.Count > 0 && !_hasEffect && rows.shape[0] > 0) RequireEffect(added, own[0].Weight.shape[0], Math.Min(_probed, rows.shape[0]));
        return [.. own, .. added];
    }

    public void Dispose() => _padding?.Dispose();

    private void RequireEffect(List<HeadTerm> added, long width, long count)
    {
        using var scope = NewDisposeScope();
        var sum = zeros([count, width], ScalarType.Float32, Device);
        foreach (var term in added) sum.narrow(1, 0, term.Weight.shape[0]).AddInPlace(term.Logits(0, count));
        PortEffect.Require(sum, padding);
        _hasEffect = true;
    }

    private static Tensor PaddingOf(bool[] padding, Device device)
    {
        using var onCpu = tensor(padding.Select(isPadding => isPadding ? _never : 0).ToArray());
        return onCpu.to(device, copy: true).DetachFromDisposeScope();
    }
}
