using System.Globalization;
using System.Text;

namespace Ptune.Contracts.Specs.Reading;

/// <summary>
/// Texts from a spec as messages show them: cut, and with control and format characters escaped, so that a message neither grows with what
/// somebody sent nor moves a terminal's cursor.
/// </summary>
public static class Shown
{
    /// <summary>Characters of a name that are shown.</summary>
    public const int NameCharacters = 80;

    private const int SentenceCharacters = 300;

    /// <summary>In single quotes.</summary>
    public static string Name(string? text) => $"'{Cut(text ?? "", NameCharacters)}'";

    /// <summary>Names with commas between: the first ten, and how many more there are.</summary>
    public static string Names(IReadOnlyCollection<string> names)
    {
        const int most = 10;
        var shown = string.Join(", ", names.Take(most).Select(n => Cut(n, NameCharacters)));
        return names.Count > most ? $"{shown} and {names.Count - most:N0} more" : shown;
    }

    /// <summary>A longer text without quotes, such as another library's message.</summary>
    public static string Sentence(string text) => Cut(text, SentenceCharacters);

    /// <summary>A path in a spec.</summary>
    public static string Path(string path) => Cut(path, SentenceCharacters);

    /// <summary>False for a text with NUL or half a surrogate pair, which can neither be stored nor be sent.</summary>
    public static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0') return false;
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }

    private static string Cut(string text, int most)
    {
        var shown = new StringBuilder();
        var left = most;
        foreach (var rune in text.EnumerateRunes())
        {
            if (left-- == 0) return shown.Append('…').ToString();
            if (IsHidden(rune)) shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else shown.Append(rune);
        }
        return shown.ToString();
    }

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
}
