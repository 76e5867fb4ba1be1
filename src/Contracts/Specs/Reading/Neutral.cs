using System.Text.Json.Nodes;

namespace Ptune.Contracts.Specs.Reading;

/// <summary>Substitutes for unusable values, so that the rest of a spec can be checked. A spec that holds one is never handed out.</summary>
internal static class Neutral
{
    public static JsonNode? Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "";
        if (type == typeof(bool)) return false;
        if (type.IsEnum) return Scalars.Words(type)![0];
        if (Scalars.Knows(type)) return 1;
        if (type.IsArray) return new JsonArray();
        var result = new JsonObject();
        if (type.IsGenericType) return result;
        var kind = Variants.Of(type) is [var first, ..] ? first : null;
        if (kind is { IsDefault: false }) result["kind"] = kind.Word;
        foreach (var property in SpecJson.Options.GetTypeInfo(kind?.Type ?? type).Properties.Where(p => p.IsRequired))
            result[property.Name] = Of(property.PropertyType);
        return result;
    }
}
