using System.Text;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;

namespace Ptune.Learning.Data;

/// <summary>
/// Which rows of the data set's files each split holds. The training file's rows are permuted by <see cref="SplitMix64"/> from the
/// spec's seed; pretraining takes the first of them, then tuning, then validation. Test is the test file in its order.
/// </summary>
internal sealed class SplitIndex
{
    private readonly SplitsSpec _spec;
    private readonly int[] _order;
    private readonly int _testRows;

    /// <exception cref="DataException">The splits need more rows than the training file has.</exception>
    public SplitIndex(SplitsSpec spec, int trainRows, int testRows)
    {
        long needed = (long)spec.Pretraining + spec.Tuning + spec.Validation;
        if (needed > trainRows)
        {
            throw new DataException(
                $"The splits need {needed} rows (pretraining {spec.Pretraining} + tuning {spec.Tuning} + validation {spec.Validation}), "
                + $"but the training file has {trainRows}. Make splits smaller.");
        }

        _spec = spec;
        _testRows = testRows;
        _order = SplitMix64.Stream(spec.Seed, RandomPurpose.Splits).Permutation(trainRows);
    }

    /// <summary>The rows of <paramref name="split"/> in its file, the first <paramref name="count"/> of them where given.</summary>
    /// <exception cref="DataException">The split has fewer rows than <paramref name="count"/>.</exception>
    public ReadOnlySpan<int> Rows(Split split, int? count = null)
    {
        ReadOnlySpan<int> rows = split switch
        {
            Split.Pretraining => _order.AsSpan(0, _spec.Pretraining),
            Split.Tuning => _order.AsSpan(_spec.Pretraining, _spec.Tuning),
            Split.Validation => _order.AsSpan(_spec.Pretraining + _spec.Tuning, _spec.Validation),
            Split.Test => Enumerable.Range(0, _testRows).ToArray(),
            _ => throw new ArgumentOutOfRangeException(nameof(split), split, "no such split"),
        };
        if (count > rows.Length)
            throw new DataException($"count asks for {count} rows, but the {split.ToString().ToLowerInvariant()} split has {rows.Length}.");
        return rows[..(count ?? rows.Length)];
    }

    /// <summary>The index file of a split: one row number a line, each line ended by a line feed.</summary>
    public byte[] IndexFile(Split split)
    {
        var text = new StringBuilder();
        foreach (int row in Rows(split)) text.Append(row).Append('\n');
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>SHA-256 of <see cref="IndexFile"/>, "sha256:...".</summary>
    public string IndexDigest(Split split) => Digest.Of(IndexFile(split));
}
