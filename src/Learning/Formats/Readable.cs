using System.Text;

namespace Ptune.Learning.Formats;

/// <summary>Text of a stranger's file as it may stand in a message: without control characters, and not too long.</summary>
internal static class Readable
{
    private const int _longest = 120;

    public static string Text(string text)
    {
        var readable = new StringBuilder();
        foreach (char c in text.Length > _longest ? text[.._longest] : text) readable.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? $"\\u{(int)c:x4}" : c);
        return text.Length > _longest ? $"{readable}... ({text.Length} characters)" : readable.ToString();
    }

    public static string Shape(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape)}]";

    /// <summary>"a, b, c and 4 more".</summary>
    public static string Some(IReadOnlyCollection<string> names, int shown = 3)
    {
        string first = string.Join(", ", names.Take(shown).Select(Text));
        return names.Count > shown ? $"{first} and {names.Count - shown} more" : first;
    }
}
