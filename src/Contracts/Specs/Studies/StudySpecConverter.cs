using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ptune.Contracts.Specs;

/// <summary>Before there were two forms, a study's spec was written where its type was known, without its kind: such JSON is the form of images.</summary>
internal sealed class StudySpecConverter : JsonConverter<IStudySpec>
{
    public override IStudySpec? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = JsonElement.ParseValue(ref reader);
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.Object) throw new JsonException("A study's spec is an object.");
        return value.TryGetProperty("kind", out _)
            ? value.Deserialize<Spec>(options) as IStudySpec ?? throw new JsonException("The spec is not a study's.")
            : value.Deserialize<TransferStudySpec>(options);
    }

    public override void Write(Utf8JsonWriter writer, IStudySpec value, JsonSerializerOptions options)
    {
        if (value is TransferStudySpec images) JsonSerializer.Serialize(writer, images, options);
        else JsonSerializer.Serialize(writer, (Spec)value, options);
    }
}
