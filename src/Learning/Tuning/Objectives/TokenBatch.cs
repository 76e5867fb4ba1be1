using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning.Objectives;

/// <summary>Rows of tokens with what is to be learnt of them.</summary>
/// <param name="Ids">[B, T] i64.</param>
/// <param name="Labels">[B, T] i64: at each token its own id, or -100 where it is not trained. Label t is predicted from the tokens before t. One more than there are ids, where the last token is predicted only.</param>
/// <param name="Layout">Positions, padding, segments.</param>
internal sealed record TokenBatch(Tensor Ids, Tensor Labels, SequenceLayout Layout)
{
    /// <summary>The examples of the first row, then those of the next; empty where they are not known.</summary>
    public IReadOnlyList<EncodedExample> Examples { get; init; } = [];

    /// <summary>So many tokens are trained.</summary>
    public long TrainedTokens => Labels.shape[1] < 2 ? 0 : Labels.narrow(1, 1, Labels.shape[1] - 1).NotEqualTo(EncodedExample.Ignored).sum().item<long>();

    /// <param name="rows">All of one size.</param>
    /// <param name="device">Where the tensors go.</param>
    public static TokenBatch Of(IReadOnlyList<TokenBlock> rows, Device device)
    {
        var segments = Stack(rows.Select(row => row.Segments), device);
        var layout = SequenceLayout.Packed(segments.Minus(1), Stack(rows.Select(row => row.Positions), device));
        // One example a row needs no segments, and one without padding no mask: libtorch then has faster kernels.
        if (rows.All(row => row.Segments.Max() <= 1)) layout = SequenceLayout.Padded(segments);
        return new TokenBatch(Stack(rows.Select(row => row.Ids), device), Stack(rows.Select(row => row.Labels), device), layout) { Examples = [.. rows.SelectMany(row => row.Examples)] };
    }

    /// <summary>The trained tokens: which of the B x T hidden states predicts each, and what it is.</summary>
    /// <returns>Rows [trained] i64 into hidden states flattened to [B x T], targets [trained] i64.</returns>
    public (Tensor Rows, Tensor Targets) Trained()
    {
        long batch = Ids.shape[0], length = Ids.shape[1];
        // Each state predicts the next token; the last of a row predicts nothing.
        var next = Numbers.Full([batch, length], EncodedExample.Ignored, ScalarType.Int64, Ids.device);
        long known = Math.Min(length, Labels.shape[1] - 1);
        if (known > 0) next.narrow(1, 0, known).copy_(Labels.narrow(1, 1, known));
        var flat = next.flatten();
        var rows = flat.NotEqualTo(EncodedExample.Ignored).nonzero().squeeze(-1);
        return (rows, flat.index_select(0, rows));
    }

    /// <summary>The same predictions without reading the last column: nothing is predicted from it, and a model with learnt positions may have no place for it.</summary>
    public TokenBatch WithoutLast()
    {
        long length = Ids.shape[1] - 1;
        var layout = new SequenceLayout(Layout.Positions.narrow(1, 0, length), Layout.Real?.narrow(1, 0, length), Layout.Segments?.narrow(1, 0, length), Layout.Longest - 1);
        return this with { Ids = Ids.narrow(1, 0, length), Layout = layout };
    }

    private static Tensor Stack(IEnumerable<int[]> rows, Device device)
    {
        var all = rows.ToList();
        return tensor(all.SelectMany(row => row).Select(id => (long)id).ToArray(), [all.Count, all[0].Length], ScalarType.Int64, device: device);
    }
}
