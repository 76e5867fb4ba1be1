using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ptune.Charts;

/// <summary>
/// Takes out of the files of a run what gives access: users, passwords and queries (signatures, tokens) of addresses. Reports are passed on and committed.
/// </summary>
public static partial class Redaction
{
    /// <summary>Stands where something was taken out.</summary>
    public const string Mark = "...";

    /// <summary>A copy in which no text holds such a part.</summary>
    public static JsonNode? Of(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Of(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Of)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Of(text)),
        _ => node?.DeepClone(),
    };

    public static string Of(string text) => Address().Replace(text, address =>
        $"{address.Groups["scheme"].Value}{(address.Groups["user"].Success ? $"{Mark}@" : "")}{address.Groups["place"].Value}{(address.Groups["query"].Success ? $"?{Mark}" : "")}");

    /// <summary>RFC 3986: scheme, user information, host and path, query and fragment. Each part has its end in a character that it cannot hold.</summary>
    [GeneratedRegex("""(?<scheme>[A-Za-z][A-Za-z0-9+.-]{0,20}://)(?<user>[^\s/?#"'<>@]*@)?(?<place>[^\s?#"'<>]*)(?<query>[?#][^\s"'<>]*)?""", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
