using System.Collections;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Tuning.Objectives;

namespace Ptune.Learning.Evaluation.Language;

/// <summary>Rows of tokens in batches, as indexes of the rows: those of like length together, so that little is padded; longest first, so that memory that is too small shows at once.</summary>
/// <param name="rows">The rows.</param>
/// <param name="network">What reads them.</param>
/// <param name="pad">The id of padding.</param>
/// <param name="batchTokens">At most so many tokens at once, padding included; a longer row goes by itself.</param>
internal sealed class RowBatches(IReadOnlyList<EncodedExample> rows, ITokenNetwork network, int pad, long batchTokens) : IEnumerable<int[]>
{
    /// <summary>A batch as the network reads it; tensors of the caller's scope.</summary>
    public TokenBatch Tokens(int[] batch)
    {
        int longest = batch.Max(row => rows[row].Length);
        var blocks = batch.Select(row => TokenBlock.Of([rows[row]], longest, pad)).ToList();
        var tokens = TokenBatch.Of(blocks, network.Device);
        // A window reads as many tokens as the model does, and predicts one more.
        return longest > network.Context ? tokens.WithoutLast() : tokens;
    }

    public IEnumerator<int[]> GetEnumerator() => LengthBatches.Of(rows, batchTokens, network.RowsIndependentUpTo).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
