using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Ptune.Templates.Values;

namespace Ptune.Templates.Texts;

/// <summary>JSON as Python reads it: <c>12.0</c> and <c>12</c> are different, and an int has any length.</summary>
internal static class JsonValues
{
    /// <exception cref="TemplateException">A text holds half a character, or a number is too long.</exception>
    public static object? Of(JsonElement element, bool isData) => element.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => Number(element.GetRawText()),
        JsonValueKind.String => Word(element, isData),
        JsonValueKind.Array => new ListValue([.. element.EnumerateArray().Select(item => Of(item, isData))]),
        _ => Map(element, isData),
    };

    private static object Number(string text)
    {
        if (text.AsSpan().IndexOfAny('.', 'e', 'E') >= 0) return double.Parse(text, CultureInfo.InvariantCulture);
        return text.Length <= NumberText.MostDigits ? BigInteger.Parse(text, CultureInfo.InvariantCulture) : throw TemplateException.Type($"an int of more than {NumberText.MostDigits} digits.");
    }

    private static Text Word(JsonElement element, bool isData)
    {
        try
        {
            var text = element.GetString()!;
            return isData ? Text.Data(text) : new Text(text);
        }
        catch (InvalidOperationException)
        {
            throw TemplateException.Type("a text holds half a character (a lone surrogate), which has no form in UTF-8.");
        }
    }

    private static MapValue Map(JsonElement element, bool isData)
    {
        var map = new MapValue();
        foreach (var property in element.EnumerateObject()) map.Set(Key(property, isData), Of(property.Value, isData));
        return map;
    }

    private static Text Key(JsonProperty property, bool isData)
    {
        try
        {
            return isData ? Text.Data(property.Name) : new Text(property.Name);
        }
        catch (InvalidOperationException)
        {
            throw TemplateException.Type("a key holds half a character (a lone surrogate), which has no form in UTF-8.");
        }
    }
}
