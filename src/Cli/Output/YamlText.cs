using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Output;

/// <summary>JSON written as block YAML 1.2. A string that could be read as something else is quoted as JSON does, which is YAML, too.</summary>
internal static partial class YamlText
{
    public static string Of(JsonNode? node)
    {
        var text = new StringBuilder();
        if (IsScalar(node)) text.Append(Scalar(node)).Append('\n');
        else Write(node!, 0, text);
        return text.ToString();
    }

    private static void Write(JsonNode node, int indent, StringBuilder text)
    {
        if (node is JsonObject members)
        {
            foreach (var (key, value) in members)
            {
                text.Append(' ', indent).Append(Text(key)).Append(':');
                WriteValue(value, indent + 2, text);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items) WriteItem(item, indent, text);
        }
    }

    private static void WriteItem(JsonNode? item, int indent, StringBuilder text)
    {
        text.Append(' ', indent).Append('-');
        if (IsScalar(item))
        {
            text.Append(' ').Append(Scalar(item)).Append('\n');
            return;
        }
        // The first member follows the dash, the others are below it.
        var block = new StringBuilder();
        Write(item!, indent + 2, block);
        text.Append(' ').Append(block.ToString().AsSpan(indent + 2));
    }

    private static void WriteValue(JsonNode? value, int indent, StringBuilder text)
    {
        if (IsScalar(value)) text.Append(' ').Append(Scalar(value)).Append('\n');
        else if (value is JsonArray items && items.All(IsScalar) && Flow(items) is { Length: <= 100 } flow) text.Append(' ').Append(flow).Append('\n');
        else
        {
            text.Append('\n');
            Write(value!, indent, text);
        }
    }

    private static string Flow(JsonArray items) => $"[{string.Join(", ", items.Select(Scalar))}]";

    private static bool IsScalar(JsonNode? node) => node switch
    {
        JsonObject members => members.Count == 0,
        JsonArray items => items.Count == 0,
        _ => true,
    };

    private static string Scalar(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>()),
        _ => node.ToJsonString(SpecJson.Options),
    };

    private static string Text(string value) =>
        PlainForm().IsMatch(value) && !ReservedForm().IsMatch(value) ? value : JsonSerializer.Serialize(value, SpecJson.Options);

    [GeneratedRegex(@"^[A-Za-z_/][A-Za-z0-9_./@+-]*(?: [A-Za-z0-9_./@+()-]+)*\z")]
    private static partial Regex PlainForm();

    [GeneratedRegex("^(?:true|false|null|yes|no|on|off|y|n)\\z", RegexOptions.IgnoreCase)]
    private static partial Regex ReservedForm();
}
