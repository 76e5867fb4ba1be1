using System.Globalization;
using System.Text;

namespace Ptune.Learning.Tokenization;

/// <summary>The tokens of ids as the library's encodings show them, which is not always what the file calls them.</summary>
internal static class TokenTexts
{
    private const char Block = '\u2581';

    public static string[] Of(Tokenizer tokenizer, string text, int[] ids)
    {
        var tokens = Array.ConvertAll(ids, tokenizer.TokenOf);
        if (tokenizer.Added.Any(a => a.TakesSpacesBefore || a.TakesSpacesBehind)) WidenAdded(tokenizer, text, ids, tokens);
        if (tokenizer.File.UnknownId is { } unknown && ids.Contains(unknown)) NameUnknown(text, ids, tokens, unknown);
        return tokens;
    }

    private static void WidenAdded(Tokenizer tokenizer, string text, int[] ids, string[] tokens)
    {
        var added = tokenizer.Added.DistinctBy(a => a.Id).ToDictionary(a => a.Id);
        var from = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            if (!added.TryGetValue(ids[i], out var token) || text.IndexOf(token.Content, from, token.IsNormalized ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal) is not (>= 0 and var start)) continue;
            var end = start + token.Content.Length;
            while (token.TakesSpacesBefore && start > from && char.IsWhiteSpace(text[start - 1])) start--;
            while (token.TakesSpacesBehind && end < text.Length && char.IsWhiteSpace(text[end])) end++;
            if (!token.IsNormalized) tokens[i] = text[start..end];
            from = end;
        }
    }

    // Only where all tokens align with the text as it is, and it holds nothing that normalizers change.
    private static void NameUnknown(string text, int[] ids, string[] tokens, int unknown)
    {
        if (text.Contains("  ", StringComparison.Ordinal) || text.EnumerateRunes().Any(IsChanged)) return;
        var source = Block + text.Replace(' ', Block);
        var at = tokens.Length > 0 && tokens[0].StartsWith(Block) ? 0 : 1;
        var found = new Dictionary<int, string>();
        for (var i = 0; i < ids.Length; i++)
        {
            var end = at + tokens[i].Length;
            if (ids[i] == unknown)
            {
                end = i + 1 == ids.Length ? source.Length : at + 1 < source.Length ? source.IndexOf(tokens[i + 1], at + 1, StringComparison.Ordinal) : -1;
                if (end <= at) return;
                found[i] = source[at..end];
            }
            else if (string.CompareOrdinal(source, at, tokens[i], 0, tokens[i].Length) != 0) return;
            at = end;
        }
        if (at != source.Length) return;
        foreach (var (i, piece) in found) tokens[i] = piece;
    }

    private static bool IsChanged(Rune rune) => rune.Value is >= 0xff00 and <= 0xffef || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNumber;
}
