using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ptune.Learning.Formats;

/// <summary>Text of a stranger's file as it may stand in a message: without control characters, and not too long.</summary>
internal static class Readable
{
    private const int _longest = 120;

    // A message is no web page.
    private static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(string text)
    {
        var readable = new StringBuilder();
        foreach (char c in text.Length > _longest ? text[.._longest] : text) readable.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? $"\\u{(int)c:x4}" : c);
        return text.Length > _longest ? $"{readable}... ({text.Length} characters)" : readable.ToString();
    }

    /// <summary>A value of a JSON file on one line, however it is laid out there.</summary>
    public static string Json(JsonElement value) => Text(JsonSerializer.Serialize(value, _json));

    public static string Shape(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape)}]";

    /// <summary>"a, b, c and 4 more".</summary>
    public static string Some(IReadOnlyCollection<string> names, int shown = 3)
    {
        string first = string.Join(", ", names.Take(shown).Select(Text));
        return names.Count > shown ? $"{first} and {names.Count - shown} more" : first;
    }
}
