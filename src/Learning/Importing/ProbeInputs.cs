using Ptune.Learning.Data;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Models.Vision;
using Ptune.Learning.Tensors;
using static TorchSharp.torch;

namespace Ptune.Learning.Importing;

/// <summary>Fixed inputs for any model: ids drawn from its vocabulary, one row padded, or noise as pixels. The same model always gets the same ones.</summary>
internal static class ProbeInputs
{
    private const int _rows = 2;
    private const int _length = 16;
    private const int _padding = 3;
    private const long _seed = 1;

    /// <summary>By transformers' names.</summary>
    /// <param name="tokens">The ids that have a token; null: all rows of the model have one.</param>
    public static IReadOnlyDictionary<string, Tensor> Of(PretrainedConfig config, IReadOnlySet<long>? tokens)
    {
        var random = SplitMix64.Stream(_seed, RandomPurpose.Probe);
        return config switch
        {
            DecoderConfig decoder => Text(ref random, Ids(decoder.Vocabulary, tokens), decoder.Context, padLeft: true),
            BertConfig bert => Pair(Text(ref random, Ids(bert.Vocabulary, tokens), bert.Context, padLeft: false), bert.Segments),
            HfVitConfig vit => new Dictionary<string, Tensor> { [ModelInputs.PixelsName] = Pixels(ref random, vit.Grid) },
            ClipConfig clip => new Dictionary<string, Tensor>(WithEnd(Text(ref random, Ids(clip.Vocabulary, tokens), clip.Context, padLeft: false), clip)) { [ModelInputs.PixelsName] = Pixels(ref random, clip.Grid) },
            _ => throw new InvalidOperationException($"No probe for {config.GetType().Name}."),
        };
    }

    private static long[] Ids(long vocabulary, IReadOnlySet<long>? tokens) =>
        [.. tokens is { Count: > 0 } ? tokens.Where(id => id >= 0 && id < vocabulary).Order() : Enumerable.Range(0, (int)vocabulary).Select(id => (long)id)];

    private static Dictionary<string, Tensor> Text(ref SplitMix64 random, long[] ids, long context, bool padLeft)
    {
        int length = (int)Math.Min(_length, context), padding = Math.Min(_padding, length - 1);
        long[] tokens = new long[_rows * length], mask = new long[tokens.Length];
        for (int at = 0; at < tokens.Length; at++)
        {
            int row = at / length, place = at % length;
            tokens[at] = ids[random.NextBelow(ids.Length)];
            mask[at] = row == 0 || (padLeft ? place >= padding : place < length - padding) ? 1 : 0;
        }

        return new() { [ModelInputs.IdsName] = tensor(tokens, [_rows, length]), [ModelInputs.MaskName] = tensor(mask, [_rows, length]) };
    }

    // The second half of a text belongs to the other kind.
    private static Dictionary<string, Tensor> Pair(Dictionary<string, Tensor> text, long segments)
    {
        var kinds = zeros_like(text[ModelInputs.IdsName]);
        long length = kinds.shape[1];
        if (segments > 1) kinds.narrow(1, length / 2, length - (length / 2)).FillInPlace(1);
        text[ModelInputs.SegmentsName] = kinds;
        return text;
    }

    // A text's state is read at its end token.
    private static Dictionary<string, Tensor> WithEnd(Dictionary<string, Tensor> text, ClipConfig clip)
    {
        if (clip.End is { } end) text[ModelInputs.IdsName].narrow(1, text[ModelInputs.IdsName].shape[1] - 1, 1).FillInPlace(end);
        return text;
    }

    private static Tensor Pixels(ref SplitMix64 random, PatchGrid grid)
    {
        float[] pixels = new float[_rows * grid.Channels * grid.Size * grid.Size];
        for (int at = 0; at < pixels.Length; at++) pixels[at] = (float)((random.NextUnit() * 2) - 1);
        return tensor(pixels, [_rows, grid.Channels, grid.Size, grid.Size]);
    }
}
