namespace Ptune.Learning.Data.Text.Splitting;

/// <summary>How much of a data set each split gets.</summary>
/// <param name="Tuning">From 0 to 1; the three sum to at most 1.</param>
/// <param name="Validation">As before.</param>
/// <param name="Test">As before.</param>
internal sealed record SplitShares(double Tuning, double Validation, double Test)
{
    // Shares are written in decimals: 0.8 + 0.1 + 0.1 is a little less than 1.
    private const double _rounding = 1e-9;

    /// <summary>
    /// The sizes of the three for so many records: each gets the whole part of its share, and what is left over goes one by one to the
    /// largest fractions, the earlier split first. Tuning is never empty while there is a record and it has a share.
    /// </summary>
    /// <exception cref="DataException">The shares are not shares.</exception>
    public long[] Sizes(long records)
    {
        double[] shares = [Tuning, Validation, Test];
        if (shares.Any(share => !(share >= 0)) || shares.Sum() > 1 + _rounding)
            throw new DataException($"shares must be numbers from 0 that sum to at most 1, but are [{string.Join(", ", shares)}].");
        long wanted = Math.Min(records, (long)Math.Round(records * shares.Sum() + _rounding));
        long[] sizes = [.. shares.Select(share => (long)Math.Floor((records * share) + _rounding))];
        int[] byFraction = [.. Enumerable.Range(0, shares.Length).OrderByDescending(split => Math.Round((records * shares[split]) - sizes[split], 6)).ThenBy(split => split)];
        for (int i = 0; sizes.Sum() < wanted; i++) sizes[byFraction[i % shares.Length]]++;
        if (sizes[0] > 0 || Tuning == 0 || records == 0) return sizes;
        int largest = Array.IndexOf(sizes, sizes.Max());
        if (sizes[largest] > 0) sizes[largest]--;
        sizes[0] = 1;
        return sizes;
    }
}
