using System.Text.Json;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Formats;

namespace Ptune.Learning.Models;

/// <summary>
/// The <c>config.json</c> beside a network's weights, in the manner of Hugging Face's: <c>model_type</c>, <c>id2label</c>,
/// <c>image_size</c>, <c>num_channels</c>, and our <c>role</c> and <c>architecture</c> (as in a spec).
/// </summary>
internal sealed record NetworkConfig(NetworkRole Role, ArchitectureSpec Architecture, ImageSize Input, IReadOnlyList<string> Labels)
{
    public const string FileName = "config.json";

    public string ModelType => Variants.As(Architecture.GetType())!.Word;

    public void Write(string path) => AtomicFile.Write(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = SpecJson.Options.Encoder });
        json.WriteStartObject();
        json.WriteString("model_type", ModelType);
        json.WriteString("role", Role.ToString().ToLowerInvariant());
        json.WritePropertyName("architecture");
        JsonSerializer.Serialize(json, Architecture, SpecJson.Options);
        json.WriteStartArray("image_size");
        json.WriteNumberValue(Input.Height);
        json.WriteNumberValue(Input.Width);
        json.WriteEndArray();
        json.WriteNumber("num_channels", 1);
        json.WriteStartObject("id2label");
        for (int i = 0; i < Labels.Count; i++) json.WriteString(i.ToString(), Labels[i]);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>Whether a file is one of ours, and not Hugging Face's; what cannot be read is taken for ours.</summary>
    public static bool IsOne(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(StoredFile.ReadBytes(path));
            return document.RootElement.ValueKind != JsonValueKind.Object || document.RootElement.TryGetProperty("architecture", out _);
        }
        catch (JsonException)
        {
            return true;
        }
    }

    /// <exception cref="MalformedFileException">The file is no configuration of ours.</exception>
    public static NetworkConfig Read(string path)
    {
        byte[] bytes = StoredFile.ReadBytes(path);
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            var size = root.GetProperty("image_size");
            var names = root.GetProperty("id2label");
            string[] labels = [.. Enumerable.Range(0, names.GetPropertyCount()).Select(i => names.GetProperty(i.ToString()).GetString()!)];
            var input = new ImageSize(size[0].GetInt32(), size[1].GetInt32());
            if (size.GetArrayLength() != 2 || input.Height <= 0 || input.Width <= 0 || input.Height > 65536 || input.Width > 65536 || labels.Length < 2)
                throw new MalformedFileException(path, 0, "image_size is two positive numbers, and id2label names at least two labels");
            return new NetworkConfig(
                Enum.Parse<NetworkRole>(root.GetProperty("role").GetString()!, ignoreCase: true),
                root.GetProperty("architecture").Deserialize<ArchitectureSpec>(SpecJson.Options)!,
                input,
                labels);
        }
        catch (JsonException error)
        {
            throw new MalformedFileException(path, OffsetOf(bytes, error), $"no valid JSON: {error.Message}", error);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or IndexOutOfRangeException or NotSupportedException)
        {
            throw new MalformedFileException(path, 0, $"no model configuration: {error.Message}", error);
        }
    }

    private static long OffsetOf(byte[] bytes, JsonException error)
    {
        long offset = 0;
        for (long line = 0; line < (error.LineNumber ?? 0) && offset < bytes.Length; offset++)
        {
            if (bytes[offset] == '\n') line++;
        }

        return offset + (error.BytePositionInLine ?? 0);
    }
}
