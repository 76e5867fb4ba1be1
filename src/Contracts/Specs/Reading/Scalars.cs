using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ptune.Contracts.Specs.Reading;

/// <summary>The single values of a spec: text, numbers, yes or no, and words of an enumeration.</summary>
internal static class Scalars
{
    public static bool Knows(Type type) =>
        type == typeof(string) || type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(bool) || type == typeof(SweepValue) || type.IsEnum;

    /// <summary>The value, or null when the text does not fit the type.</summary>
    public static JsonNode? Parse(Type type, ScalarNode node)
    {
        var text = node.Text;
        if (type == typeof(string)) return node.IsNull ? null : JsonValue.Create(text);
        if (type == typeof(SweepValue)) return (node.IsPlain ? SweepValue.Parse(text) : SweepValue.Of(text))?.ToNode();
        if (!node.IsPlain && !type.IsEnum) return null;
        if (type == typeof(int)) return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var i) ? JsonValue.Create(i) : null;
        if (type == typeof(long)) return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var l) ? JsonValue.Create(l) : null;
        if (type == typeof(double)) return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) && double.IsFinite(d) ? JsonValue.Create(Zero(d)) : null;
        if (type == typeof(bool)) return text is "true" or "false" ? JsonValue.Create(text == "true") : null;
        return Words(type)!.Contains(text, StringComparer.Ordinal) ? JsonValue.Create(text) : null;
    }

    /// <summary>-0 as 0: both are the same work, so they must not give two ids.</summary>
    private static double Zero(double number) => number == 0 ? 0 : number;

    /// <summary>The words of an enumeration; null for other types.</summary>
    public static string[]? Words(Type type) => type == typeof(TextFormat) ? [.. TextFormats.All.Select(TextFormats.WordOf)] : type.IsEnum ? [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)] : null;

    /// <summary>A value of an enumeration as it is written.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => value is TextFormat format ? TextFormats.WordOf(format) : JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static string Expected(Type type) => type switch
    {
        _ when type == typeof(string) => "text",
        _ when type == typeof(int) || type == typeof(long) => "a whole number, without quotes",
        _ when type == typeof(double) => "a number, without quotes",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(SweepValue) => "a number, a word, or true or false",
        _ => $"one of {string.Join(", ", Words(type)!)}",
    };
}
