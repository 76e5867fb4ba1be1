using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using YamlDotNet.RepresentationModel;

namespace Ptune.Contracts.Specs.Reading;

/// <summary>
/// Lays a YAML tree over a spec's type and gathers what does not fit: unknown and missing keys, wrong types, values out of range. Where a
/// value is unusable it puts a neutral one in its place and remembers the path, so that the rules for the rest can still be checked.
/// </summary>
internal sealed class SpecBinder(SpecPositions positions)
{
    private readonly HashSet<string> _unusable = [];

    public List<SpecProblem> Problems { get; } = [];

    /// <summary>True when a problem at this path would only repeat that something there was unusable.</summary>
    public bool Touches(string path) => _unusable.Any(u => Within(path, u) || Within(u, path));

    /// <summary>True when what stands at this path, or above it, was unusable as a whole, so that a neutral value stands there.</summary>
    public bool IsUnusable(string path) => _unusable.Any(u => Within(path, u));

    /// <summary>Null when not even the kind is known.</summary>
    public JsonObject? Bind(YamlNode root)
    {
        positions.Add("", (int)root.Start.Line, (int)root.Start.Column);
        if (root is not YamlMappingNode mapping)
        {
            Report("", root, "A spec is a list of 'key: value' lines.", $"Start with 'apiVersion: {Spec.CurrentApiVersion}' and 'kind: ...'.");
            return null;
        }
        if (!mapping.Children.ContainsKey(new YamlScalarNode("apiVersion")))
            Report("apiVersion", root, "The key 'apiVersion' is missing.", $"Add 'apiVersion: {Spec.CurrentApiVersion}'.");
        var type = Kind(typeof(Spec), mapping, "");
        return type is null ? null : Object(type, mapping, "");
    }

    private JsonNode? Value(Type type, YamlNode node, string path, JsonPropertyInfo? property)
    {
        positions.Add(path, (int)node.Start.Line, (int)node.Start.Column);
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        var value = node switch
        {
            _ when Scalars.Knows(plain) => Scalar(plain, node, path),
            YamlMappingNode map when plain.IsGenericType => Dictionary(plain, map, path),
            YamlMappingNode map when Kind(plain, map, path) is { } known => Object(known, map, path),
            YamlMappingNode => Unusable(plain, path),
            YamlSequenceNode list when plain.IsArray => Array(plain, list, path),
            _ => Refuse(plain, node, path, plain.IsArray ? "a list: [a, b] or lines that start with '- '" : "indented 'key: value' lines"),
        };
        if (value is not null && property is not null && !_unusable.Contains(path)) CheckRange(property, value, node, path);
        return value;
    }

    private JsonObject Object(Type type, YamlMappingNode node, string path)
    {
        var result = new JsonObject();
        var discriminator = Discriminator(type);
        if (discriminator is var (key, word)) result[key] = word;
        var properties = SpecJson.Options.GetTypeInfo(type).Properties;
        foreach (var (keyNode, valueNode) in node.Children)
        {
            var name = (keyNode as YamlScalarNode)?.Value ?? "";
            if (name == discriminator?.Key) continue;
            var at = path.Length == 0 ? name : $"{path}.{name}";
            var property = properties.FirstOrDefault(p => p.Name == name);
            if (property is null) ReportUnknown(at, keyNode, name, properties.Select(p => p.Name));
            else if (IsNull(valueNode) && !property.IsRequired && IsNullable(property)) continue;
            else result[name] = Value(property.PropertyType, valueNode, at, property);
        }
        foreach (var property in properties.Where(p => p.IsRequired && !result.ContainsKey(p.Name)))
        {
            var at = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            Report(at, node, $"The key '{property.Name}' is missing{(path.Length == 0 ? "" : $" under '{path}'")}.", Describe(property));
            result[property.Name] = Unusable(property.PropertyType, at);
        }
        return result;
    }

    private JsonObject Dictionary(Type type, YamlMappingNode node, string path)
    {
        var result = new JsonObject();
        foreach (var (key, value) in node.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            result[name] = Value(type.GetGenericArguments()[1], value, $"{path}.{name}", null);
        }
        return result;
    }

    private JsonArray Array(Type type, YamlSequenceNode node, string path)
    {
        var result = new JsonArray();
        for (var i = 0; i < node.Children.Count; i++)
            result.Add(Value(type.GetElementType()!, node.Children[i], $"{path}[{i}]", null));
        return result;
    }

    private JsonNode? Scalar(Type type, YamlNode node, string path)
    {
        if (node is YamlScalarNode scalar && Scalars.Parse(type, scalar) is { } value) return value;
        var words = Scalars.Words(type);
        var near = words is null || node is not YamlScalarNode { Value: { } text } ? null : Nearest.Of(text, words);
        return Refuse(type, node, path, Scalars.Expected(type), near is null ? null : $"Did you mean '{near}'?");
    }

    private JsonNode? Refuse(Type type, YamlNode node, string path, string expected, string? fix = null)
    {
        var found = node switch
        {
            YamlScalarNode s when IsNull(s) => "nothing",
            YamlScalarNode s => $"'{s.Value}'",
            YamlSequenceNode => "a list",
            _ => "'key: value' lines",
        };
        Report(path, node, $"'{path}' is {found}; it has to be {expected}.", fix ?? $"Write {expected}.");
        return Unusable(type, path);
    }

    private Type? Kind(Type type, YamlMappingNode node, string path)
    {
        var kinds = type.GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false).Cast<JsonDerivedTypeAttribute>().ToArray();
        if (kinds.Length == 0) return type;
        var words = kinds.Select(k => (string)k.TypeDiscriminator!).ToArray();
        var at = path.Length == 0 ? "kind" : $"{path}.kind";
        if (!node.Children.TryGetValue(new YamlScalarNode("kind"), out var found))
        {
            Report(at, node, "The key 'kind' is missing.", $"Add 'kind: ' and one of {string.Join(", ", words)}.");
            return null;
        }
        positions.Add(at, (int)found.Start.Line, (int)found.Start.Column);
        var word = (found as YamlScalarNode)?.Value ?? "";
        if (kinds.FirstOrDefault(k => (string)k.TypeDiscriminator! == word) is { } kind) return kind.DerivedType;
        Report(at, found, $"'{word}' is no kind that is known here.", Nearest.Of(word, words) is { } near ? $"Did you mean '{near}'?" : $"Use one of {string.Join(", ", words)}.");
        return null;
    }

    private static (string Key, string Word)? Discriminator(Type type)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType)
        {
            var kind = at.GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false).Cast<JsonDerivedTypeAttribute>().FirstOrDefault(k => k.DerivedType == type);
            if (kind is not null) return ("kind", (string)kind.TypeDiscriminator!);
        }
        return null;
    }

    private void CheckRange(JsonPropertyInfo property, JsonNode value, YamlNode node, string path)
    {
        foreach (var rule in property.AttributeProvider!.GetCustomAttributes(typeof(ValidationAttribute), true).Cast<ValidationAttribute>())
        {
            var (ok, expected) = ValueRules.Check(rule, value);
            if (ok) continue;
            _unusable.Add(path);
            Report(path, node, $"'{path}' is {value.ToJsonString()}; it has to be {expected}.", Describe(property));
        }
    }

    private JsonNode? Unusable(Type type, string path)
    {
        _unusable.Add(path);
        return Neutral.Of(type);
    }

    private void ReportUnknown(string path, YamlNode node, string name, IEnumerable<string> known)
    {
        var near = Nearest.Of(name, known);
        Report(path, node, $"The key '{name}' is not known here.", near is not null ? $"Did you mean '{near}'?" : $"Remove it. Known here: {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
    }

    private void Report(string path, YamlNode node, string message, string fix) =>
        Problems.Add(new SpecProblem(path, (int)node.Start.Line, (int)node.Start.Column, message, fix));

    private static string Describe(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(System.ComponentModel.DescriptionAttribute), true).Cast<System.ComponentModel.DescriptionAttribute>().FirstOrDefault()?.Description ?? "See 'ptune schema'.";

    private static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } scalar && scalar.Value is null or "" or "~" or "null";

    private static bool IsNullable(JsonPropertyInfo property) => property.IsSetNullable;

    private static bool Within(string path, string ancestor) =>
        path.StartsWith(ancestor, StringComparison.Ordinal) && (path.Length == ancestor.Length || path[ancestor.Length] is '.' or '[');
}
