using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ptune.Contracts.Specs;

/// <summary>A sweep's values stand in JSON as what they are.</summary>
internal sealed class SweepValueConverter : JsonConverter<SweepValue>
{
    public override SweepValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => SweepValue.Of(reader.GetString()!),
        JsonTokenType.True => SweepValue.Of(true),
        JsonTokenType.False => SweepValue.Of(false),
        JsonTokenType.Number => reader.TryGetInt64(out var whole) ? SweepValue.Of(whole) : SweepValue.Of(reader.GetDouble()),
        _ => throw new JsonException("A value is a number, a word, or true or false."),
    };

    public override void Write(Utf8JsonWriter writer, SweepValue value, JsonSerializerOptions options) => writer.WriteRawValue(value.Json);
}
