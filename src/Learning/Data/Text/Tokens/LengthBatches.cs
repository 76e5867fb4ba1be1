namespace Ptune.Learning.Data.Text.Tokens;

/// <summary>Rows of like length together, so that little is padded; longest first, so that memory that is too small shows at once.</summary>
internal static class LengthBatches
{
    /// <param name="rows">Each is a row of its own.</param>
    /// <param name="batchTokens">At most so many tokens at once, padding included; a longer row goes by itself.</param>
    /// <param name="independentUpTo">Longer rows go by themselves; null: none has to.</param>
    /// <returns>The numbers of the rows of each batch; they depend on the rows' lengths alone.</returns>
    public static IEnumerable<int[]> Of(IReadOnlyList<EncodedExample> rows, long batchTokens, long? independentUpTo)
    {
        var batch = new List<int>();
        foreach (int row in Enumerable.Range(0, rows.Count).OrderByDescending(row => rows[row].Length))
        {
            long longest = rows[batch.Count > 0 ? batch[0] : row].Length;
            if (batch.Count > 0 && ((batch.Count + 1) * longest > batchTokens || longest > independentUpTo))
            {
                yield return [.. batch];
                batch.Clear();
            }

            batch.Add(row);
        }

        if (batch.Count > 0) yield return [.. batch];
    }
}
