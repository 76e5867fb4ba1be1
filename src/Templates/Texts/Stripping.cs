using System.Text;
using Ptune.Templates.Values;

namespace Ptune.Templates.Texts;

/// <summary>str.strip() and its kin.</summary>
internal static class Stripping
{
    /// <param name="text">What is stripped.</param>
    /// <param name="characters">Which characters go, as a text; None or missing: white space.</param>
    /// <param name="name">For errors.</param>
    /// <param name="start">From the start.</param>
    /// <param name="end">From the end.</param>
    public static Text Strip(Text text, object? characters, string name, bool start, bool end)
    {
        Predicate<Rune> goes = rune => rune.IsBmp && Characters.IsSpace((char)rune.Value);
        if (characters is not null && characters != Arguments.Missing)
        {
            var set = Arguments.TextOf(characters, name).Value.EnumerateRunes().ToHashSet();
            goes = set.Contains;
        }
        var (first, last) = (0, text.Value.Length);
        while (start && first < last && Rune.DecodeFromUtf16(text.Value.AsSpan(first, last - first), out var rune, out var width) == 0 && goes(rune)) first += width;
        while (end && last > first && Rune.DecodeLastFromUtf16(text.Value.AsSpan(first, last - first), out var rune, out var width) == 0 && goes(rune)) last -= width;
        return text.Units(first, last);
    }
}
