using System.Text.Json;

namespace Ptune.Learning.Data.Text.Reading;

/// <summary>
/// JSON Lines (https://jsonlines.org): one object a line, in UTF-8. Blank lines are skipped but counted. What JSON leaves to the reader
/// is refused: a key that stands twice, half of a surrogate pair, more than <see cref="MaxDepth"/> levels.
/// </summary>
internal static class JsonLines
{
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions _options = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <param name="file">Names the file in errors.</param>
    /// <param name="stream">Unpacked.</param>
    /// <param name="wanted">The fields that every record must have; others are ignored.</param>
    /// <param name="maxLineBytes">A longer line is refused.</param>
    /// <exception cref="DataException">A line is not as above; it is named.</exception>
    public static IEnumerable<DataRow> Read(string file, Stream stream, IReadOnlyCollection<string> wanted, int maxLineBytes)
    {
        var lines = new Utf8Lines(file, stream, maxLineBytes);
        while (lines.Next())
        {
            if (IsBlank(lines.Line.Span)) continue;
            yield return new DataRow(lines.Place, Fields(lines.Line, lines.Place, wanted));
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r"u8) < 0;

    private static Dictionary<string, DataValue> Fields(ReadOnlyMemory<byte> line, RecordPlace place, IReadOnlyCollection<string> wanted)
    {
        try
        {
            using var json = JsonDocument.Parse(line, _options);
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw place.Error($"an object was expected, not {JsonValues.KindOf(json.RootElement)}.");
            var fields = new Dictionary<string, DataValue>(wanted.Count, StringComparer.Ordinal);
            foreach (string name in wanted)
            {
                if (!json.RootElement.TryGetProperty(name, out var value)) throw place.Error(Missing(name, json.RootElement));
                fields.Add(name, JsonValues.Of(value, name, place));
            }

            return fields;
        }
        catch (JsonException error)
        {
            throw place.Error(Problem(line.Span, place, error), error);
        }
        catch (InvalidOperationException error)
        {
            throw place.Error("the name of a field has half of a surrogate pair (\\ud800 to \\udfff by itself), which is not a character.", error);
        }
    }

    private static string Missing(string name, JsonElement record) =>
        $"there is no field '{name}'. This record has: {string.Join(", ", record.EnumerateObject().Select(field => field.Name))}.";

    private static string Problem(ReadOnlySpan<byte> line, RecordPlace place, JsonException error)
    {
        if (place.Number == 1 && line.TrimStart(" \t"u8).StartsWith("["u8))
            return "the file is a JSON array. JSON Lines has one object a line: jq -c '.[]' converts it.";
        if (line.StartsWith((byte[])[0xef, 0xbb, 0xbf])) return "a byte order mark in the middle of the file. Were two files joined?";
        string reason = error.Message;
        if (reason.StartsWith("Duplicate property", StringComparison.Ordinal))
            return $"{reason.Replace(" encountered during deserialization.", "", StringComparison.Ordinal)}: readers differ in which of the two values they take.";
        int end = reason.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return $"not valid JSON at byte {error.BytePositionInLine ?? 0} of the line: {(end < 0 ? reason : reason[..end])}";
    }
}
