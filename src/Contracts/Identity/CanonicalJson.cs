using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Identity;

/// <summary>
/// One text for one meaning: what decides a result, defaults filled in, keys in ordinal order, nulls left out, no white space.
/// Members marked <see cref="NotIdentityAttribute"/> are left out.
/// </summary>
public static class CanonicalJson
{
    public static string Of<T>(T value)
    {
        var node = JsonSerializer.SerializeToNode(value, SpecJson.Identity);
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    /// <summary>Reads what <see cref="Of"/> wrote. Texts that do not belong to an id were left out there and are empty here.</summary>
    /// <exception cref="JsonException">The text is not such JSON.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<T>(json, SpecJson.IdentityReading) ?? throw new JsonException("It is null.");

    private static void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject members:
                text.Append('{');
                var first = true;
                foreach (var (key, value) in members.OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    if (value is null) continue;
                    if (!first) text.Append(',');
                    first = false;
                    text.Append(JsonSerializer.Serialize(key)).Append(':');
                    Write(value, text);
                }
                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                for (var i = 0; i < items.Count; i++)
                {
                    if (i > 0) text.Append(',');
                    Write(items[i], text);
                }
                text.Append(']');
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }
}
