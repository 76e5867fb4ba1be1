using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text.Records;

namespace Ptune.Learning.Data.Text.Splitting;

/// <summary>
/// Which split each record lies in. Records of the same content (<see cref="ContentKey"/>) are one group; the groups are permuted by
/// <see cref="SplitMix64"/> from a seed, and each goes to the split whose stretch of records it begins in. So no content is in two
/// splits, and a split is larger than its share by at most its last group less one record. It does not depend on how the records are
/// written, only on what they say and on their order.
/// </summary>
internal sealed class TextSplits
{
    private static readonly Split[] _order = [Split.Tuning, Split.Validation, Split.Test];

    // Shares are written in decimals: 0.8 + 0.1 + 0.1 is a little less than 1.
    private const double _rounding = 1e-9;

    private readonly Split?[] _ofGroup;
    private readonly int[] _groupOf;
    private readonly long[] _sizes;

    private TextSplits(int[] groupOf, Split?[] ofGroup) =>
        (_groupOf, _ofGroup, _sizes) = (groupOf, ofGroup, [.. _order.Select(split => groupOf.LongCount(group => ofGroup[group] == split))]);

    /// <summary>How many records there are.</summary>
    public int Records => _groupOf.Length;

    /// <summary>How many of them differ in content.</summary>
    public int Distinct => _ofGroup.Length;

    /// <param name="records">All of the data set, in its order.</param>
    /// <param name="shares">Of the splits.</param>
    /// <param name="seed">Another seed gives other splits.</param>
    /// <param name="byContent">Whether each content is placed by itself, so that it lies in the same split of every data set; sizes are then the shares on average.</param>
    public static TextSplits Of(IEnumerable<TextRecord> records, SplitShares shares, long seed, bool byContent = false)
    {
        var groups = new Dictionary<UInt128, int>();
        var groupOf = new List<int>();
        var members = new List<int>();
        foreach (var record in records)
        {
            var key = ContentKey.Of(record);
            if (!groups.TryGetValue(key, out int group))
            {
                group = groups.Count;
                groups.Add(key, group);
                members.Add(0);
            }

            members[group]++;
            groupOf.Add(group);
        }

        if (byContent) return ByContent([.. groupOf], [.. groups.OrderBy(pair => pair.Value).Select(pair => pair.Key)], shares, seed);
        return new TextSplits([.. groupOf], Assign(members, shares.Sizes(groupOf.Count), seed));
    }

    /// <summary>As whole numbers: how many differ in content, of each of them its split (-1: in none), and of each record its content.</summary>
    public int[] Packed() => [Distinct, .. _ofGroup.Select(split => Array.IndexOf(_order, split ?? (Split)(-1))), .. _groupOf];

    /// <param name="packed">Of <see cref="Packed"/>.</param>
    public static TextSplits Read(ReadOnlySpan<int> packed)
    {
        int groups = packed[0];
        return new TextSplits(packed[(1 + groups)..].ToArray(), [.. packed.Slice(1, groups).ToArray().Select(split => split < 0 ? (Split?)null : _order[split])]);
    }

    /// <summary>The split of a record; null where the shares leave it out.</summary>
    /// <param name="record">Its index, from 0.</param>
    public Split? this[int record] => _ofGroup[_groupOf[record]];

    /// <summary>How many records a split has.</summary>
    public long Size(Split split) => Array.IndexOf(_order, split) is var index and >= 0 ? _sizes[index] : 0;

    /// <summary>The records of a split by their indexes, in the order of the data; the first <paramref name="count"/> of them where given.</summary>
    /// <param name="atMost">Whether a split of fewer records is taken whole.</param>
    /// <exception cref="DataException">The split is empty, or has fewer records than <paramref name="count"/>.</exception>
    public IReadOnlyList<int> IndexesOf(Split split, int? count = null, bool atMost = false)
    {
        Require(split);
        int[] all = [.. Enumerable.Range(0, Records).Where(record => this[record] == split)];
        if (count is null) return all;
        if (count < 1) throw new DataException($"count is {count}; it must be at least 1.");
        if (atMost) count = Math.Min(count.Value, all.Length);
        return count <= all.Length ? all[..count.Value] : throw new DataException($"count asks for {count} records, but the {split.ToString().ToLowerInvariant()} split has {all.Length}.");
    }

    /// <exception cref="DataException">The split is empty.</exception>
    public void Require(Split split)
    {
        if (Size(split) == 0)
            throw new DataException($"The {split.ToString().ToLowerInvariant()} split is empty: the data set has {Records} records ({Distinct} different ones). Give it a larger share, or more data.");
    }

    private static TextSplits ByContent(int[] groupOf, UInt128[] contents, SplitShares shares, long seed)
    {
        Split?[] ofGroup = [.. contents.Select(content =>
        {
            // The content's digest is the seed of its own stream, so that one number is enough.
            double place = SplitMix64.Stream(seed ^ (long)(ulong)content, RandomPurpose.Splits).NextUnit();
            return place < shares.Tuning ? Split.Tuning : place < shares.Tuning + shares.Validation ? Split.Validation : place < shares.Tuning + shares.Validation + shares.Test + _rounding ? Split.Test : (Split?)null;
        })];
        return new TextSplits(groupOf, ofGroup);
    }

    private static Split?[] Assign(List<int> members, long[] wanted, long seed)
    {
        var ofGroup = new Split?[members.Count];
        long begin = 0;
        foreach (int group in SplitMix64.Stream(seed, RandomPurpose.Splits).Permutation(members.Count))
        {
            long end = 0;
            for (int split = 0; split < _order.Length; split++)
            {
                end += wanted[split];
                if (begin >= end) continue;
                ofGroup[group] = _order[split];
                break;
            }

            begin += members[group];
        }

        return ofGroup;
    }
}
