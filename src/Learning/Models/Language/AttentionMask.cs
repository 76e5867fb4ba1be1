using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.Language;

/// <summary>
/// What each token of a pass may look at, made once for all layers with the same window. Where only the order counts there is no mask:
/// libtorch's causal kernel then leaves out half of the work.
/// </summary>
internal sealed class AttentionMask(SequenceLayout queries, SequenceLayout keys, ScalarType type)
{
    // Finite: minus infinity makes a row without any key NaN, and NaN times a weight of zero spreads.
    private const float _hidden = -1e30f;

    private readonly Dictionary<long, Tensor?> _masks = [];

    /// <summary>Whether the causal kernel does it.</summary>
    /// <param name="window">A token sees itself and the window - 1 tokens before it; null: all before it.</param>
    public bool IsCausal(long? window) => Length > 1 && Length == Total && For(window) is null;

    /// <summary>Added to the scores, [B or 1, 1, T, S]; null: none is needed.</summary>
    public Tensor? For(long? window)
    {
        long reach = window is { } limit && limit < Total ? limit : Total;
        if (!_masks.TryGetValue(reach, out var mask)) _masks.Add(reach, mask = Make(reach));
        return mask;
    }

    private long Length => queries.Positions.shape[1];

    private long Total => keys.Positions.shape[1];

    private Tensor? Make(long reach)
    {
        bool plain = keys.Real is null && keys.Segments is null && reach == Total;
        if (plain && (Length == 1 || Length == Total)) return null;
        var device = queries.Positions.device;
        var at = Numbers.Range(Total - Length, Total, device).unsqueeze(-1);                      // [T, 1]
        var seen = Numbers.Range(Total, device).unsqueeze(0);                                     // [1, S]
        var allowed = (seen <= at).logical_and(seen > at.Minus(reach)).unsqueeze(0).unsqueeze(0); // [1, 1, T, S]
        if (keys.Real is { } real) allowed = allowed.logical_and(real.unsqueeze(1).unsqueeze(1)); // [B, 1, T, S]
        if (keys.Segments is { } segments) allowed = allowed.logical_and(segments.unsqueeze(1).unsqueeze(-1) == segments.unsqueeze(1).unsqueeze(1));
        return zeros(allowed.shape, type, device).MaskedFillInPlace(allowed.logical_not(), _hidden);
    }
}
