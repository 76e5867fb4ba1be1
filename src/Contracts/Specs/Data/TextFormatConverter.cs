using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ptune.Contracts.Specs;

/// <summary>Formats by their words, those that were added included.</summary>
internal sealed class TextFormatConverter : JsonConverter<TextFormat>
{
    public override TextFormat Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        (reader.TokenType == JsonTokenType.String ? TextFormats.Named(reader.GetString()!) : null) ?? throw new JsonException("This is no format of records.");

    public override void Write(Utf8JsonWriter writer, TextFormat value, JsonSerializerOptions options) => writer.WriteStringValue(TextFormats.WordOf(value));
}
