using System.Numerics;
using System.Text;
using System.Text.Json;
using Ptune.Learning.Formats;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>
/// An object of a checkpoint's JSON files, asked word by word for what it must be. A word that is null counts as absent; every refusal names
/// the file and the word. Remarks on what loads, but is worth a sentence, gather in <see cref="Notes"/>.
/// </summary>
internal sealed class JsonWords
{
    /// <summary>A configuration has a few hundred words; what is larger is none, and is not parsed.</summary>
    public const long MaxConfigBytes = 1 << 20;

    private readonly string _path;
    private readonly string _prefix;

    private JsonWords(string path, string prefix, JsonElement root, List<string> notes) => (_path, _prefix, Root, Notes) = (path, prefix, root, notes);

    public JsonElement Root { get; }

    /// <summary>Shared by all files of one folder.</summary>
    public List<string> Notes { get; }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="LearningException">It is too large, not JSON, not an object, or not a regular file.</exception>
    public static JsonWords Read(string path, List<string> notes, long maxBytes = MaxConfigBytes)
    {
        using var file = StoredFile.Open(path);
        if (file.Length > maxBytes) throw new ModelRefusedException($"{path} has {file.Length} bytes; no more than {maxBytes} are read of such a file.");
        byte[] bytes = file.ReadToEnd();
        // Editors write a byte order mark; it is harmless.
        var json = bytes.AsMemory(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new ModelRefusedException($"{path} holds {Kind(document.RootElement)}, not an object.");
            return new JsonWords(path, "", document.RootElement.Clone(), notes);
        }
        catch (JsonException error)
        {
            string line = $"{path}, line {error.LineNumber + 1}";
            throw new ModelRefusedException(
                NoNumber(json.Span, error) is { } word ? $"{line}: {word} is not JSON. Write a number, or null, in its place." : $"{line}: no valid JSON: {Reason(error)}", error);
        }
    }

    /// <summary>A refusal that names the file.</summary>
    public ModelRefusedException Refuse(string problem) => new($"{_path}: {problem}");

    public bool Has(string word) => Find(word) is not null;

    public string Text(string word) => OptionalText(word) ?? throw Absent(word);

    public string? OptionalText(string word) => Find(word) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(word, value, "a string");

    public bool Flag(string word, bool otherwise) => Find(word) is not { } value ? otherwise
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(word, value, "true or false");

    /// <summary>A whole number from <paramref name="least"/> on.</summary>
    public long Whole(string word, long? otherwise = null, long least = 1) => OptionalWhole(word, least) ?? otherwise ?? throw Absent(word);

    public long? OptionalWhole(string word, long least = 1)
    {
        if (Find(word) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Number || !TryWhole(value, out var whole)) throw Wrong(word, value, "a whole number");
        return whole < least || whole > long.MaxValue ? throw Refuse($"{_prefix}{word} is {whole}; it must be {least} or more.") : (long)whole;
    }

    public double Number(string word, double? otherwise = null) => OptionalNumber(word) ?? otherwise ?? throw Absent(word);

    public double? OptionalNumber(string word) => Find(word) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number) ? number : throw Wrong(word, value, "a number");

    /// <summary>A number above zero.</summary>
    public double Positive(string word, double? otherwise = null)
    {
        double number = Number(word, otherwise);
        return number > 0 ? number : throw Refuse($"{_prefix}{word} is {number}; it must be above 0.");
    }

    /// <summary>The object of that word; null where there is none.</summary>
    public JsonWords? Section(string word) => Find(word) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? new JsonWords(_path, $"{_prefix}{word}.", value, Notes) : throw Wrong(word, value, "an object");

    /// <summary>A list of texts; null where there is none.</summary>
    public IReadOnlyList<string>? Texts(string word)
    {
        if (Find(word) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(word, value, "a list of strings");
        return [.. value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong(word, item, "a list of strings"))];
    }

    /// <summary>A whole number or a list of them; empty where there is none.</summary>
    public IReadOnlyList<long> WholeOrList(string word)
    {
        if (Find(word) is not { } value) return [];
        var items = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [value];
        return [.. items.Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out long whole) ? whole : throw Wrong(word, item, "a whole number or a list of them"))];
    }

    private JsonElement? Find(string word) => Root.TryGetProperty(word, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private ModelRefusedException Absent(string word) => Refuse($"{_prefix}{word} is missing.");

    private ModelRefusedException Wrong(string word, JsonElement value, string due) => Refuse($"{_prefix}{word} is {Kind(value)} ({Shortened(value)}); it must be {due}.");

    private static bool TryWhole(JsonElement value, out BigInteger whole) =>
        BigInteger.TryParse(value.GetRawText(), System.Globalization.NumberStyles.AllowLeadingSign, null, out whole);

    private static string Shortened(JsonElement value) => Readable.Json(value);

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        _ => "true or false",
    };

    // Python writes NaN and Infinity, which JSON does not have.
    private static string? NoNumber(ReadOnlySpan<byte> json, JsonException error)
    {
        for (long line = 0; line < error.LineNumber && json.IndexOf((byte)'\n') is >= 0 and var end; line++) json = json[(end + 1)..];
        var rest = json[(int)Math.Min(error.BytePositionInLine ?? 0, json.Length)..];
        foreach (string word in (string[])["NaN", "Infinity"])
        {
            if (rest.StartsWith(Encoding.UTF8.GetBytes(word))) return word;
        }

        return null;
    }

    private static string Reason(JsonException error) => error.Message.Split(" LineNumber:", 2)[0];
}
