using System.Text;
using Ptune.Templates;

namespace Ptune.Learning.Tokenization;

/// <summary>
/// Which part of a text each id stands for, found by aligning the tokens' bytes with the text's, between one control token and the next. Where a normalizer changed the text
/// they do not align, and then only the whole stretch between two control tokens is known.
/// </summary>
internal static class TokenSpans
{
    private const byte Space = (byte)' ';

    /// <summary>For each id whether it overlaps one of the spans.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="text">The text.</param>
    /// <param name="ids">Its ids by <see cref="Tokenizer.EncodeGuarded"/>.</param>
    /// <param name="control">The control tokens in it.</param>
    /// <param name="spans">In UTF-16 units, in order.</param>
    /// <exception cref="TokenizerException">A span begins or ends where nothing aligns.</exception>
    public static bool[] Overlapping(Tokenizer tokenizer, string text, int[] ids, IReadOnlyList<ControlPlace> control, IReadOnlyList<TextSpan> spans)
    {
        var marks = new bool[ids.Length];
        var at = 0;
        var (textStart, next) = (0, 0);
        while (true)
        {
            var end = next < control.Count ? control[next].Start : text.Length;
            var last = next < control.Count ? Array.IndexOf(ids, control[next].Id, at) : ids.Length;
            if (last < 0) throw new TokenizerException($"The control token '{tokenizer.TokenOf(control[next].Id)}' is missing among the ids.");
            MarkStretch(tokenizer, text, textStart, end, ids.AsSpan(at, last - at), marks.AsSpan(at, last - at), spans);
            if (next == control.Count) return marks;
            marks[last] = spans.Any(s => s.Start < control[next].End && s.End > control[next].Start);
            (at, textStart) = (last + 1, control[next].End);
            next++;
        }
    }

    private static void MarkStretch(Tokenizer tokenizer, string text, int start, int end, ReadOnlySpan<int> ids, Span<bool> marks, IReadOnlyList<TextSpan> spans)
    {
        if (ids.Length == 0) return;
        if (!spans.Any(s => s.Start < end && s.End > start)) return;
        if (spans.Any(s => s.Start <= start && s.End >= end))
        {
            marks.Fill(true);
            return;
        }
        var bytes = Encoding.UTF8.GetBytes(text[start..end]);
        var tokens = new byte[ids.Length][];
        for (var i = 0; i < ids.Length; i++) tokens[i] = BytesOf(tokenizer, ids[i]);
        // A tokenizer that writes words with a space before them may have put one before the first.
        var shift = Aligns(tokens, bytes, 0) ? 0 : Aligns(tokens, bytes, 1) ? 1
            : throw new TokenizerException("The tokenizer changes the text around an answer's begin or end, so that which tokens are the answer's cannot be told.");
        var at = -shift;
        for (var i = 0; i < tokens.Length; i++)
        {
            var (first, behind) = (Math.Max(at, 0), at + tokens[i].Length);
            at = behind;
            foreach (var span in spans)
            {
                var spanStart = span.Start <= start ? 0 : Encoding.UTF8.GetByteCount(text.AsSpan(start, Math.Min(span.Start, end) - start));
                var spanEnd = span.End >= end ? bytes.Length : span.End <= start ? 0 : Encoding.UTF8.GetByteCount(text.AsSpan(start, span.End - start));
                marks[i] |= first < spanEnd && behind > spanStart;
            }
        }
    }

    private static bool Aligns(byte[][] tokens, byte[] bytes, int shift)
    {
        var at = -shift;
        foreach (var token in tokens)
        {
            foreach (var value in token)
            {
                if (at >= bytes.Length || (at < 0 ? value != Space : bytes[at] != value)) return false;
                at++;
            }
        }
        return at == bytes.Length;
    }

    private static byte[] BytesOf(Tokenizer tokenizer, int id)
    {
        var decoder = tokenizer.Decoder;
        if (decoder.IsByteLevel) return decoder.BytesOf(id);
        return decoder.IsByteToken(id) ? [decoder.ByteOf(id)] : Encoding.UTF8.GetBytes(tokenizer.TokenOf(id).Replace('\u2581', ' '));
    }
}
