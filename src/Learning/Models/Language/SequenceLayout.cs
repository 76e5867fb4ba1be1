using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.Language;

/// <summary>Where the tokens of a batch stand, and which of them are there at all: positions, padding, and the examples of a packed row.</summary>
/// <param name="Positions">[B, T] i64: each token's place in its own text, from 0.</param>
/// <param name="Real">[B, T] bool: false where a row is padded; null: nowhere.</param>
/// <param name="Segments">[B, T] i64: tokens see each other within one segment only; null: a row is one.</param>
/// <param name="Longest">The longest text of the batch in tokens, on which dynamic rotary scaling depends.</param>
internal sealed record SequenceLayout(Tensor Positions, Tensor? Real, Tensor? Segments, long Longest)
{
    /// <summary>Rows without padding, each one text that goes on from <paramref name="start"/>.</summary>
    public static SequenceLayout Of(Tensor tokens, long start = 0)
    {
        long batch = tokens.shape[0], length = tokens.shape[1];
        var positions = Numbers.Range(start, start + length, tokens.device).unsqueeze(0).expand(batch, length);
        return new SequenceLayout(positions, null, null, start + length);
    }

    /// <summary>Padded rows: positions count from the first real token, wherever the padding is.</summary>
    /// <param name="mask">[B, T]: 1 where a token is, 0 where the row is padded.</param>
    public static SequenceLayout Padded(Tensor mask)
    {
        var real = mask.to_type(ScalarType.Bool);
        if (real.all().item<bool>()) return Of(mask);
        var positions = mask.to_type(ScalarType.Int64).cumsum(-1).SubtractInPlace(1).AtLeastZeroInPlace();
        return new SequenceLayout(positions, real, null, positions.max().item<long>() + 1);
    }

    /// <summary>Rows that hold several examples one after another, none of which sees another.</summary>
    /// <param name="segments">[B, T]: the number of the token's example in its row; negative where the row is padded.</param>
    /// <param name="positions">[B, T]: the token's place in its example.</param>
    public static SequenceLayout Packed(Tensor segments, Tensor positions) =>
        new(positions, segments.AtLeast(0), segments, positions.max().item<long>() + 1);
}
