using System.Text;
using System.Text.Json;

namespace Ptune.Learning.Formats;

/// <summary>
/// The header of a safetensors file (https://github.com/huggingface/safetensors): its length as a little-endian 64-bit integer, then
/// JSON: each tensor's name to its dtype, shape and data_offsets, and "__metadata__" to texts. Nothing in it is believed unchecked.
/// </summary>
internal sealed record SafetensorsHeader(IReadOnlyDictionary<string, TensorEntry> Entries, IReadOnlyDictionary<string, string> Metadata, long DataStart)
{
    public const int LengthBytes = 8;
    public const long MaxBytes = 100_000_000;

    private const int _maxDimensions = 64;

    /// <param name="file">Names the file in errors.</param>
    /// <param name="json">The header without its length.</param>
    /// <param name="fileLength">Of the whole file, to hold every offset against.</param>
    /// <exception cref="MalformedFileException">Anything is not as the format says.</exception>
    public static SafetensorsHeader Parse(string file, ReadOnlySpan<byte> json, long fileLength)
    {
        // The format asks for it, so that nothing can stand before the object.
        if (json.IsEmpty || json[0] != (byte)'{') throw new MalformedFileException(file, LengthBytes, "the header does not begin with '{'");
        var reader = new Utf8JsonReader(json);
        var entries = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        bool hasMetadata = false;
        try
        {
            Expect(file, ref reader, JsonTokenType.StartObject);
            while (Read(file, ref reader) == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                if (name == "__metadata__" ? hasMetadata : entries.ContainsKey(name)) throw Bad(file, reader, $"'{Readable.Text(name)}' is there twice");
                if (name == "__metadata__")
                {
                    hasMetadata = true;
                    ParseMetadata(file, ref reader, metadata);
                }
                else
                {
                    entries.Add(name, ParseEntry(file, ref reader, name));
                }
            }

            if (reader.Read()) throw Bad(file, reader, "something follows its object");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new MalformedFileException(file, LengthBytes + reader.BytesConsumed, $"the header is not valid JSON: {error.Message}", error);
        }

        long dataStart = LengthBytes + json.Length;
        CheckCover(file, entries.Values, dataStart, fileLength - dataStart);
        return new SafetensorsHeader(entries, metadata, dataStart);
    }

    private static void ParseMetadata(string file, ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        if (Read(file, ref reader) != JsonTokenType.StartObject) throw Bad(file, reader, "__metadata__ is not an object");
        while (Read(file, ref reader) == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            if (Read(file, ref reader) != JsonTokenType.String) throw Bad(file, reader, $"__metadata__ '{Readable.Text(key)}' is not a string");
            if (!metadata.TryAdd(key, reader.GetString()!)) throw Bad(file, reader, $"__metadata__ '{Readable.Text(key)}' is there twice");
        }
    }

    private static TensorEntry ParseEntry(string file, ref Utf8JsonReader reader, string name)
    {
        TensorType? type = null;
        long[]? shape = null, offsets = null;
        string tensor = $"tensor '{Readable.Text(name)}'";
        if (Read(file, ref reader) != JsonTokenType.StartObject) throw Bad(file, reader, $"{tensor} is not an object");
        while (Read(file, ref reader) == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            switch (key)
            {
                case "dtype" when type is null:
                    if (Read(file, ref reader) != JsonTokenType.String) throw Bad(file, reader, $"{tensor}: dtype is not a string");
                    if (!TensorType.TryParse(reader.GetString(), out var known)) throw Bad(file, reader, $"{tensor}: dtype '{Readable.Text(reader.GetString()!)}' is unknown");
                    type = known;
                    break;
                case "shape" when shape is null:
                    shape = ParseNumbers(file, ref reader, $"{tensor}: shape");
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ParseNumbers(file, ref reader, $"{tensor}: data_offsets");
                    if (offsets.Length != 2) throw Bad(file, reader, $"{tensor}: data_offsets has {offsets.Length} numbers, not 2");
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw Bad(file, reader, $"{tensor}: {key} is there twice");
                default:
                    // Other tools write keys of their own; the format's own library passes over them.
                    reader.Skip();
                    break;
            }
        }

        if (type is null || shape is null || offsets is null)
            throw Bad(file, reader, $"{tensor} has no {(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")}");
        CheckBytes(file, reader, tensor, type.Value, shape, offsets);
        return new TensorEntry(name, type.Value, shape, offsets[0], offsets[1]);
    }

    private static long[] ParseNumbers(string file, ref Utf8JsonReader reader, string what)
    {
        var numbers = new List<long>();
        if (Read(file, ref reader) != JsonTokenType.StartArray) throw Bad(file, reader, $"{what} is not a list");
        while (Read(file, ref reader) != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
                throw Bad(file, reader, $"{what} holds {Readable.Text(Encoding.UTF8.GetString(reader.ValueSpan))}, and only whole numbers from 0 up are allowed");
            if (numbers.Count == _maxDimensions) throw Bad(file, reader, $"{what} has more than {_maxDimensions} numbers");
            numbers.Add(number);
        }

        return [.. numbers];
    }

    private static void CheckBytes(string file, Utf8JsonReader reader, string tensor, TensorType type, long[] shape, long[] offsets)
    {
        long bytes = type.Bytes;
        foreach (long dimension in shape)
        {
            if (dimension != 0 && bytes > long.MaxValue / dimension) throw Bad(file, reader, $"{tensor}: shape {Readable.Shape(shape)} is too large");
            bytes *= dimension;
        }

        if (offsets[1] < offsets[0] || offsets[1] - offsets[0] != bytes)
            throw Bad(file, reader, $"{tensor}: {type.Name} {Readable.Shape(shape)} needs {bytes} bytes, but data_offsets are {offsets[0]} to {offsets[1]}");
    }

    // The format allows neither gaps nor overlaps, and nothing after the last tensor.
    private static void CheckCover(string file, IEnumerable<TensorEntry> entries, long dataStart, long dataLength)
    {
        long covered = 0;
        foreach (var entry in entries.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (entry.Begin != covered)
            {
                throw new MalformedFileException(
                    file, dataStart + Math.Min(covered, entry.Begin), $"tensor '{Readable.Text(entry.Name)}' {(entry.Begin < covered ? "overlaps the one before it" : "leaves a gap before it")}");
            }

            if (entry.End > dataLength)
                throw new MalformedFileException(file, dataStart + dataLength, $"the file ends within tensor '{Readable.Text(entry.Name)}': its header promises {dataStart + entry.End} bytes and the file has {dataStart + dataLength}; it needs {entry.End - dataLength} more bytes");
            covered = entry.End;
        }

        if (covered != dataLength) throw new MalformedFileException(file, dataStart + covered, $"{dataLength - covered} bytes follow the last tensor, which ends at {dataStart + covered} of {dataStart + dataLength}");
    }

    private static JsonTokenType Read(string file, ref Utf8JsonReader reader) =>
        reader.Read() ? reader.TokenType : throw Bad(file, reader, "it ends too early");

    private static void Expect(string file, ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (Read(file, ref reader) != type) throw Bad(file, reader, $"{type} was expected, not {reader.TokenType}");
    }

    private static MalformedFileException Bad(string file, Utf8JsonReader reader, string problem) =>
        new(file, LengthBytes + reader.TokenStartIndex, $"header: {problem}");
}
