using System.Text.Json;

namespace Ptune.Silo.Admission.Texts;

/// <summary>What errors call JSON values.</summary>
internal static class JsonWords
{
    // A record may have thousands.
    private const int MostNames = 12;

    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "text",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "a whole number" : "a number that is not whole",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    public static string Names(JsonElement record)
    {
        string[] names = [.. record.EnumerateObject().Select(field => field.Name).Take(MostNames + 1)];
        return names.Length == 0 ? "no fields" : string.Join(", ", names.Take(MostNames)) + (names.Length > MostNames ? ", ..." : "");
    }
}
