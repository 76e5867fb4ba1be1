using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ptune.Contracts.Specs;

/// <summary>Reads and writes the types of <see cref="VariantAttribute"/>: unlike the framework's own polymorphism, it knows a default kind, which is not written.</summary>
internal sealed class VariantConverter<T> : JsonConverter<T>
    where T : class
{
    private static readonly IReadOnlyList<VariantAttribute> s_variants = Variants.Of(typeof(T));

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = JsonElement.ParseValue(ref reader);
        if (value.ValueKind != JsonValueKind.Object) throw new JsonException($"A {typeof(T).Name} is an object.");
        var word = value.TryGetProperty("kind", out var kind) ? kind.GetString() : null;
        var variant = s_variants.FirstOrDefault(v => word is null ? v.IsDefault : v.Word == word) ?? throw new JsonException($"There is no {typeof(T).Name} of the kind '{word}'.");
        return (T?)value.Deserialize(variant.Type, options);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, value.GetType(), options);
}
