using System.Globalization;
using System.Text;

namespace Ptune.Charts;

/// <summary>
/// Text that others chose (names, paths, a server's messages) as one line without effects: control characters, line breaks and the characters that turn
/// the direction of writing stand there as escapes.
/// </summary>
public static class Printable
{
    public static string Of(string text)
    {
        if (!text.Any(IsEffect)) return text;
        var shown = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (IsEffect(c)) shown.Append(Escape(c));
            else shown.Append(c);
        }
        return shown.ToString();
    }

    /// <summary>True for a character that does something instead of being seen.</summary>
    public static bool IsEffect(char c) => char.IsControl(c) || IsDirection(c) || c is '\u2028' or '\u2029';

    /// <summary>Embeddings, overrides and isolates, which act on what follows them (Unicode Standard Annex 9, 2.1 to 2.5).</summary>
    public static bool IsDirection(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    public static string Escape(char c) => c switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
    };
}
