using System.Buffers;
using System.Globalization;
using System.Text;
using Ptune.Templates.Values;

namespace Ptune.Templates.Texts;

/// <summary>Python's upper(), lower(), title() and capitalize(): with the letters that become several, and the sigma at a word's end.</summary>
internal static class Casing
{
    private const char Sigma = '\u03a3';

    public static Text Upper(Text text) => text.Mapped(Map(text.Value, Upper));

    public static Text Lower(Text text) => text.Mapped(Lower(text.Value));

    public static Text Title(Text text)
    {
        var builder = new StringBuilder(text.Value.Length);
        var afterCased = false;
        var at = 0;
        foreach (var rune in text.Value.EnumerateRunes())
        {
            if (afterCased) AppendLower(text.Value, at, rune, builder);
            else builder.Append(TitleOf(rune));
            afterCased = Characters.IsCased(rune);
            at += rune.Utf16SequenceLength;
        }
        return text.Mapped(builder.ToString());
    }

    public static Text Capitalize(Text text)
    {
        if (text.Value.Length == 0) return text;
        Rune.DecodeFromUtf16(text.Value, out var first, out var width);
        // The rest is lowered as a part of the whole word: a sigma at its end sees the first letter.
        var builder = new StringBuilder(TitleOf(first));
        var at = width;
        foreach (var rune in text.Value[width..].EnumerateRunes())
        {
            AppendLower(text.Value, at, rune, builder);
            at += rune.Utf16SequenceLength;
        }
        return text.Mapped(builder.ToString());
    }

    public static Text SwapCase(Text text)
    {
        var builder = new StringBuilder(text.Value.Length);
        var at = 0;
        foreach (var rune in text.Value.EnumerateRunes())
        {
            if (Characters.IsUpper(rune)) AppendLower(text.Value, at, rune, builder);
            else if (Characters.IsLower(rune)) builder.Append(Upper(rune));
            else builder.Append(rune);
            at += rune.Utf16SequenceLength;
        }
        return text.Mapped(builder.ToString());
    }

    private static string Lower(string text)
    {
        var builder = new StringBuilder(text.Length);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            AppendLower(text, at, rune, builder);
            at += rune.Utf16SequenceLength;
        }
        return builder.ToString();
    }

    private static void AppendLower(string text, int at, Rune rune, StringBuilder to)
    {
        _ = rune.Value switch
        {
            0x130 => to.Append("i\u0307"),
            Sigma => to.Append(EndsWord(text, at) ? '\u03c2' : '\u03c3'),
            _ => to.Append(Rune.ToLowerInvariant(rune)),
        };
    }

    // Unicode's Final_Sigma: a cased letter before, none behind, whatever has no case between them passed over.
    private static bool EndsWord(string text, int at)
    {
        var before = text.AsSpan(0, at);
        var isCased = false;
        while (Rune.DecodeLastFromUtf16(before, out var rune, out var width) == OperationStatus.Done)
        {
            before = before[..^width];
            if (IsIgnorable(rune)) continue;
            isCased = Characters.IsCased(rune);
            break;
        }
        if (!isCased) return false;
        var behind = text.AsSpan(at + 1);
        while (Rune.DecodeFromUtf16(behind, out var rune, out var width) == OperationStatus.Done)
        {
            behind = behind[width..];
            if (!IsIgnorable(rune)) return !Characters.IsCased(rune);
        }
        return true;
    }

    private static bool IsIgnorable(Rune rune) => rune.Value is '\'' or '.' or ':' or '^' or '`' or 0xa8 or 0xad or 0xaf or 0xb4 or 0xb7 or 0xb8 or 0x2018 or 0x2019 or 0x2024 or 0x2027
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;

    private static string Upper(Rune rune) => rune.IsBmp && SpecialCasing.Upper.TryGetValue((char)rune.Value, out var special) ? special : Rune.ToUpperInvariant(rune).ToString();

    private static string TitleOf(Rune rune)
    {
        if (!rune.IsBmp) return Upper(rune);
        var letter = (char)rune.Value;
        if (SpecialCasing.IsOwnTitle(letter)) return rune.ToString();
        return SpecialCasing.Title.TryGetValue(letter, out var special) ? special : Upper(rune);
    }

    private static string Map(string text, Func<Rune, string> map)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) builder.Append(map(rune));
        return builder.ToString();
    }
}
