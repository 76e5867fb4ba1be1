using System.Text.Json;

namespace Ptune.Learning.Tokenization;

/// <summary>Private copies of a <c>tokenizer.json</c> that make the native library do what its binding has no flag for.</summary>
internal static class TokenizerVariant
{
    // A private-use character of the last plane: text that holds it is refused where it matters.
    private const string PlaceholderMark = "\U0010FFFD";

    /// <summary>What stands for a control token in a text for <see cref="Guarded"/>.</summary>
    public static string Placeholder(int id) => $"{PlaceholderMark}{id}{PlaceholderMark}";

    /// <summary>Whether a text could be taken for placeholders.</summary>
    public static bool HasPlaceholder(string text) => text.Contains(PlaceholderMark, StringComparison.Ordinal);

    /// <summary>Nothing is cut, padded or put around a text.</summary>
    public static byte[] Bare(TokenizerFile file) => Write(file, (name, value, writer) => WriteBare(name, writer) || Copy(name, value, writer));

    /// <summary>As <see cref="Bare"/>, and no token counts as special, so that decoding leaves none out.</summary>
    public static byte[] Showing(TokenizerFile file) => Write(file, (name, value, writer) =>
        WriteBare(name, writer) || (name == "added_tokens" ? WriteAdded(value, writer, token => token.GetProperty("content").GetString()!, isSpecial: false, without: null) : Copy(name, value, writer)));

    /// <summary>As <see cref="Bare"/>, and control tokens are found by their placeholders only: written out they are text like any other.</summary>
    public static byte[] Guarded(TokenizerFile file)
    {
        var renamed = file.Control.ToDictionary(a => a.Content, a => Placeholder(a.Id));
        return Write(file, (name, value, writer) => WriteBare(name, writer) || name switch
        {
            "added_tokens" => WriteAdded(value, writer, token => New(token.GetProperty("content").GetString()!), isSpecial: null, without: file.UnknownId),
            "model" => WriteModel(value, writer, New),
            _ => Copy(name, value, writer),
        });

        string New(string token) => renamed.GetValueOrDefault(token, token);
    }

    private static byte[] Write(TokenizerFile file, Func<string, JsonElement, Utf8JsonWriter, bool> write)
    {
        using var stream = new MemoryStream(file.Bytes.Length + 4096);
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { MaxDepth = 256, SkipValidation = true }))
        {
            writer.WriteStartObject();
            foreach (var member in file.Root.EnumerateObject()) write(member.Name, member.Value, writer);
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static bool WriteBare(string name, Utf8JsonWriter writer)
    {
        if (name is not ("truncation" or "padding" or "post_processor")) return false;
        writer.WriteNull(name);
        return true;
    }

    private static bool Copy(string name, JsonElement value, Utf8JsonWriter writer)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
        return true;
    }

    private static bool WriteAdded(JsonElement list, Utf8JsonWriter writer, Func<JsonElement, string> content, bool? isSpecial, int? without)
    {
        writer.WriteStartArray("added_tokens");
        foreach (var token in list.EnumerateArray().Where(t => t.GetProperty("id").GetInt32() != without))
        {
            writer.WriteStartObject();
            foreach (var member in token.EnumerateObject())
            {
                if (member.Name == "content") writer.WriteString("content", content(token));
                else if (member.Name == "special" && isSpecial is { } special) writer.WriteBoolean("special", special);
                else Copy(member.Name, member.Value, writer);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        return true;
    }

    private static bool WriteModel(JsonElement model, Utf8JsonWriter writer, Func<string, string> rename)
    {
        writer.WriteStartObject("model");
        foreach (var member in model.EnumerateObject())
        {
            switch (member.Name)
            {
                case "vocab" when member.Value.ValueKind == JsonValueKind.Object:
                    writer.WriteStartObject("vocab");
                    foreach (var entry in member.Value.EnumerateObject()) writer.WriteNumber(rename(entry.Name), entry.Value.GetInt32());
                    writer.WriteEndObject();
                    break;
                case "vocab":
                    writer.WriteStartArray("vocab");
                    foreach (var piece in member.Value.EnumerateArray())
                    {
                        writer.WriteStartArray();
                        writer.WriteStringValue(rename(piece[0].GetString()!));
                        writer.WriteRawValue(piece[1].GetRawText());
                        writer.WriteEndArray();
                    }
                    writer.WriteEndArray();
                    break;
                case "unk_token" when member.Value.ValueKind == JsonValueKind.String:
                    writer.WriteString("unk_token", rename(member.Value.GetString()!));
                    break;
                default:
                    Copy(member.Name, member.Value, writer);
                    break;
            }
        }
        writer.WriteEndObject();
        return true;
    }
}
