using System.Text.Json;

namespace Ptune.Learning.Data.Text.Reading;

/// <summary>JSON values as <see cref="DataValue"/>.</summary>
internal static class JsonValues
{
    /// <exception cref="DataException">A text holds half of a surrogate pair.</exception>
    public static DataValue Of(JsonElement value, string name, RecordPlace place)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return DataValue.Null;
            case JsonValueKind.String:
                return DataValue.Of(Text(value, name, place));
            case JsonValueKind.Number when value.TryGetInt64(out long number):
                return DataValue.Of(number);
            case JsonValueKind.Array:
                return DataValue.Of([.. value.EnumerateArray().Select(item => Of(item, name, place))]);
            case JsonValueKind.Object:
                return DataValue.Of(value.EnumerateObject().ToDictionary(field => field.Name, field => Of(field.Value, field.Name, place), StringComparer.Ordinal));
            default:
                return new DataValue(KindOf(value));
        }
    }

    public static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number that is not whole",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    private static string Text(JsonElement value, string name, RecordPlace place)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw place.Error($"'{name}' has half of a surrogate pair (\\ud800 to \\udfff by itself), which is not a character.", error);
        }
    }
}
