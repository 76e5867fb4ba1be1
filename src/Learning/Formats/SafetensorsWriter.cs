using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ptune.Learning.Formats;

/// <summary>
/// Writes safetensors files whose bytes depend on their content alone: tensors by element size, largest first, then by name, so that
/// each is aligned to its elements; metadata by key; the header padded with spaces so that the data start at a multiple of 8.
/// </summary>
internal static class SafetensorsWriter
{
    private const int _alignment = 8;

    private static readonly JsonWriterOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the file whole or not at all: what stood at <paramref name="path"/> stays until the new file is on the disk.</summary>
    /// <inheritdoc cref="AtomicFile.Write" path="/param[@name='isDurable']"/>
    public static void Write(string path, IEnumerable<TensorBytes> tensors, IReadOnlyDictionary<string, string>? metadata = null, bool isDurable = true)
    {
        var all = tensors.ToList();
        AtomicFile.Write(path, stream => Write(stream, all, metadata), isDurable);
    }

    /// <summary>Writes what the file would hold.</summary>
    public static void Write(Stream stream, IEnumerable<TensorBytes> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var ordered = tensors.OrderByDescending(t => t.Type.Bytes).ThenBy(t => t.Name, StringComparer.Ordinal).ToList();
        byte[] header = Header(ordered, metadata);
        Span<byte> length = stackalloc byte[SafetensorsHeader.LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in ordered) tensor.WriteTo(stream);
    }

    private static byte[] Header(List<TensorBytes> ordered, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, _json))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 }) WriteMetadata(json, metadata);
            long offset = 0;
            foreach (var tensor in ordered)
            {
                WriteEntry(json, tensor, offset);
                offset += tensor.Length;
            }

            json.WriteEndObject();
        }

        while ((SafetensorsHeader.LengthBytes + buffer.Length) % _alignment != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject("__metadata__");
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, TensorBytes tensor, long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Type.Name);
        json.WriteStartArray("shape");
        foreach (long dimension in tensor.Shape) json.WriteNumberValue(dimension);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + tensor.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
