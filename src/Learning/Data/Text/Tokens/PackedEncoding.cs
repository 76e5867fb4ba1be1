using System.Runtime.InteropServices;
using Ptune.Learning.Data.Text.Records;

namespace Ptune.Learning.Data.Text.Tokens;

/// <summary>
/// <see cref="EncodedTexts"/> as one row of whole numbers: the counts, each in two, the number of examples, and of each example its record's place in the selection, its bytes (-1: unknown), its length, and
/// its tokens, each twice its id, and one more where it is trained.
/// </summary>
internal static class PackedEncoding
{
    private const int _counts = 2 * 7;
    private const int _head = 3;

    public static int[] Of(EncodedTexts encoded, IReadOnlyList<TextRecord> records)
    {
        var counts = encoded.Counts;
        int[] packed = new int[_counts + 1 + encoded.Examples.Sum(example => _head + (long)example.Length)];
        ((long[])[counts.Examples, counts.Tokens, counts.TrainedTokens, counts.Cut, counts.TokensCut, counts.TooLong, counts.Untrained]).CopyTo(MemoryMarshal.Cast<int, long>(packed.AsSpan(0, _counts)));
        packed[_counts] = encoded.Examples.Count;
        int at = _counts + 1, place = -1;
        foreach (var (example, record) in encoded.Examples.Zip(encoded.Records))
        {
            do place++;
            while (!ReferenceEquals(records[place], record));
            (packed[at], packed[at + 1], packed[at + 2]) = (place, example.Bytes ?? -1, example.Length);
            at += _head;
            for (int token = 0; token < example.Length; token++) packed[at++] = (2 * example.Ids[token]) + (example.Trained[token] ? 1 : 0);
        }

        return packed;
    }

    /// <param name="packed">Of <see cref="Of"/>.</param>
    /// <param name="records">The same selection's.</param>
    public static EncodedTexts Read(ReadOnlySpan<int> packed, IReadOnlyList<TextRecord> records)
    {
        var found = MemoryMarshal.Cast<int, long>(packed[.._counts]);
        var counts = new EncodingCounts { Examples = found[0], Tokens = found[1], TrainedTokens = found[2], Cut = found[3], TokensCut = found[4], TooLong = found[5], Untrained = found[6] };
        var examples = new EncodedExample[packed[_counts]];
        var kept = new TextRecord[examples.Length];
        int at = _counts + 1;
        for (int example = 0; example < examples.Length; example++)
        {
            kept[example] = records[packed[at]];
            int bytes = packed[at + 1];
            int length = packed[at + 2];
            at += _head;
            int[] ids = new int[length];
            bool[] trained = new bool[length];
            for (int token = 0; token < length; token++, at++) (ids[token], trained[token]) = (packed[at] / 2, packed[at] % 2 == 1);
            examples[example] = new EncodedExample(ids, trained) { Bytes = bytes < 0 ? null : bytes };
        }

        return new EncodedTexts(examples, kept, counts);
    }
}
