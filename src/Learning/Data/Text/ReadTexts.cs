using System.Runtime.InteropServices;
using Ptune.Learning.Data.Text.Splitting;

namespace Ptune.Learning.Data.Text;

/// <summary>What reading a whole data set finds: enough to read only the records of a split the next time.</summary>
/// <param name="Splits">The split of every record.</param>
/// <param name="Counts">What was found.</param>
/// <param name="Labels">The output space of labelled texts; null for others.</param>
internal sealed record ReadTexts(TextSplits Splits, TextCounts Counts, IReadOnlyList<string>? Labels)
{
    private const int _counts = 2 * 3;

    /// <summary>As one row of whole numbers: the counts, each in two, the number of labels (-1: none are meant), each label's length and characters, and the splits.</summary>
    public int[] Packed()
    {
        int[] counts = new int[_counts];
        ((long[])[Counts.Records, Counts.LeftOutEmpty, Counts.EndWithoutAnswer]).CopyTo(MemoryMarshal.Cast<int, long>(counts.AsSpan()));
        return [.. counts, Labels?.Count ?? -1, .. (Labels ?? []).SelectMany(label => label.Select(character => (int)character).Prepend(label.Length)), .. Splits.Packed()];
    }

    /// <param name="packed">Of <see cref="Packed"/>.</param>
    public static ReadTexts Read(ReadOnlySpan<int> packed)
    {
        var found = MemoryMarshal.Cast<int, long>(packed[.._counts]);
        var counts = new TextCounts { Records = found[0], LeftOutEmpty = found[1], EndWithoutAnswer = found[2] };
        string[]? labels = packed[_counts] < 0 ? null : new string[packed[_counts]];
        int at = _counts + 1;
        for (int label = 0; label < labels?.Length; label++)
        {
            int length = packed[at++];
            labels[label] = string.Concat(packed.Slice(at, length).ToArray().Select(character => (char)character));
            at += length;
        }

        return new ReadTexts(TextSplits.Read(packed[at..]), counts, labels);
    }
}
