using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Ptune.Contracts.Specs.Reading;

/// <summary>
/// Binds a tree to a spec's type and reports what does not fit: unknown, repeated and missing keys, wrong types, values out of range. Where a
/// value is unusable, a neutral one takes its place and its path is kept, so that the rules for the rest can still be checked.
/// </summary>
internal sealed class SpecBinder(SpecPositions positions, SpecProblems problems, string? folder)
{
    public UnusablePaths Unusable { get; } = new();

    /// <summary>Whether a relative path was read from the folder.</summary>
    public bool IsResolved { get; private set; }

    /// <summary>Null when not even the kind is known.</summary>
    public JsonObject? Bind(SpecNode root)
    {
        positions.Add("", root.Line, root.Column);
        if (root is not MapNode map)
        {
            Report("", root, "A spec consists of 'key: value' lines.", $"Start with 'apiVersion: {Spec.CurrentApiVersion}' and 'kind: ...'.");
            return null;
        }
        if (map.Find("apiVersion") is null)
            Report("apiVersion", root, "The key 'apiVersion' is missing.", $"Add 'apiVersion: {Spec.CurrentApiVersion}'.");
        var type = Kind(typeof(Spec), map, "");
        return type is null ? null : Object(type, map, "");
    }

    private JsonNode? Value(Type type, SpecNode node, string path, JsonPropertyInfo? property)
    {
        positions.Add(path, node.Line, node.Column);
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(TrainingRecipe) && Named(node, path) is var expanded)
        {
            if (expanded is null) return Neutralize(plain, path);
            node = expanded;
        }
        var value = node switch
        {
            _ when Scalars.Knows(plain) => Scalar(plain, node, path),
            ScalarNode { IsNull: false } word when plain.IsDefined(typeof(WordAloneAttribute), inherit: false) => Value(plain, KindAlone(word), path, null),
            MapNode map when plain.IsGenericType => Dictionary(plain, map, path),
            MapNode map when Kind(plain, map, path) is { } known => Object(known, map, path),
            MapNode => Neutralize(plain, path),
            ListNode list when plain.IsArray => Array(plain, list, path),
            _ => Refuse(plain, node, path, plain.IsArray ? "a list: [a, b] or lines that start with '- '" : "indented 'key: value' lines"),
        };
        if (value is not null && property is not null && !Unusable.Contains(path)) CheckRange(property, value, node, path);
        return value;
    }

    /// <summary>The settings that a recipe's name stands for; the node itself where there is no name, and null after a problem.</summary>
    private SpecNode? Named(SpecNode node, string path)
    {
        var own = node as MapNode;
        var (name, at) = own is null ? (node, path) : (own.Find(NamedRecipes.Key), Below(path, NamedRecipes.Key));
        if (name is null or ScalarNode { IsNull: true } || (own is null && name is not ScalarNode)) return node;
        if (name is ScalarNode word && NamedRecipes.Expand(word, own) is { } settings) return settings;
        var near = name is ScalarNode { Text: var text } && !problems.IsFull ? Nearest.Of(text, NamedRecipes.Names) : null;
        Report(at, name, "This is not the name of a recipe.", near is null ? $"Use one of {string.Join(", ", NamedRecipes.Names)}, or write 'key: value' lines." : $"Did you mean '{near}'?");
        return null;
    }

    private JsonObject Object(Type type, MapNode node, string path)
    {
        var result = new JsonObject();
        var kind = Variants.As(type);
        if (kind is { IsDefault: false }) result["kind"] = kind.Word;
        var properties = SpecJson.Options.GetTypeInfo(type).Properties;
        foreach (var (keyNode, valueNode) in node.Members)
        {
            var property = properties.FirstOrDefault(p => p.Name == keyNode.Text);
            if (property?.IsFormer() == true) property = properties.First(p => !p.IsFormer() && p.FormerName() == keyNode.Text);
            var name = property?.Name ?? keyNode.Text;
            var at = Below(path, name);
            if (IsRepeat(node, keyNode, name, at) || (kind is not null && name == "kind")) continue;
            if (property is null) ReportUnknown(at, keyNode, properties);
            else if (valueNode is ScalarNode { IsNull: true } && !property.IsRequired && property.IsSetNullable) continue;
            else result[name] = Located(property, Value(property.PropertyType, valueNode, at, property));
        }
        foreach (var property in properties.Where(p => p.IsRequired && !result.ContainsKey(p.Name)))
        {
            var at = Below(path, property.Name);
            Report(at, node, $"The key '{property.Name}' is missing{(path.Length == 0 ? "" : $" under {Shown.Name(path)}")}.", Describe(property));
            result[property.Name] = Neutralize(property.PropertyType, at);
        }
        return result;
    }

    private JsonNode? Located(JsonPropertyInfo property, JsonNode? value)
    {
        if (folder is null || value is not JsonValue text || property.AttributeProvider?.IsDefined(typeof(ClientPathAttribute), inherit: true) != true) return value;
        if (!text.TryGetValue<string>(out var location) || ClientPathAttribute.Full(location, folder) is not { } full) return value;
        IsResolved = true;
        return JsonValue.Create(full);
    }

    private JsonObject Dictionary(Type type, MapNode node, string path)
    {
        var result = new JsonObject();
        foreach (var (key, value) in node.Members)
        {
            var at = Below(path, key.Text);
            if (!IsRepeat(node, key, key.Text, at)) result[key.Text] = Value(type.GetGenericArguments()[1], value, at, null);
        }
        return result;
    }

    private JsonArray Array(Type type, ListNode node, string path)
    {
        var result = new JsonArray();
        for (var i = 0; i < node.Items.Count; i++)
            result.Add(Value(type.GetElementType()!, node.Items[i], $"{path}[{i}]", null));
        return result;
    }

    private JsonNode? Scalar(Type type, SpecNode node, string path)
    {
        if (node is ScalarNode scalar && Scalars.Parse(type, scalar) is { } value) return value;
        var near = Scalars.Words(type) is { } words && node is ScalarNode { Text: var text } && !problems.IsFull ? Nearest.Of(text, words) : null;
        return Refuse(type, node, path, Scalars.Expected(type), near is null ? null : $"Did you mean '{near}'?");
    }

    private JsonNode? Refuse(Type type, SpecNode node, string path, string expected, string? fix = null)
    {
        var found = node switch
        {
            ScalarNode { IsNull: true } => "empty",
            ScalarNode s => Shown.Name(s.Text),
            ListNode => "a list",
            _ => "'key: value' lines",
        };
        Report(path, node, $"{Shown.Name(path)} is {found}; it has to be {expected}.", fix ?? $"Write {expected}.");
        return Neutralize(type, path);
    }

    private Type? Kind(Type type, MapNode node, string path)
    {
        var kinds = Variants.Of(type);
        if (kinds.Count == 0) return type;
        var words = kinds.Select(k => k.Word).ToArray();
        var at = Below(path, "kind");
        if (node.Find("kind") is not { } found)
        {
            if (kinds.FirstOrDefault(k => k.IsDefault) is { } usual) return usual.Type;
            Report(at, node, "The key 'kind' is missing.", $"Add 'kind: ' and one of {string.Join(", ", words)}.");
            return null;
        }
        positions.Add(at, found.Line, found.Column);
        var word = (found as ScalarNode)?.Text ?? "";
        if (kinds.FirstOrDefault(k => SecondForm(k.Type) is { } form && form.Kind == word && node.Find(form.Key) is not null) is { } second) return second.Type;
        if (kinds.FirstOrDefault(k => k.Word == word) is { } kind) return kind.Type;
        Report(at, found, $"The kind {Shown.Name(word)} is unknown.", Nearest.Of(word, words) is { } near ? $"Did you mean '{near}'?" : $"Use one of {string.Join(", ", words)}.");
        return null;
    }

    private static SecondFormAttribute? SecondForm(Type type) => type.GetCustomAttribute<SecondFormAttribute>(inherit: false);

    /// <summary>A kind's word as the map that it stands for.</summary>
    private static MapNode KindAlone(ScalarNode word) => new([(new ScalarNode("kind", isPlain: true, word.Line, word.Column), word)], word.Line, word.Column);

    /// <param name="name">The key's name today; it may be written under its former name.</param>
    private bool IsRepeat(MapNode map, ScalarNode key, string name, string path)
    {
        var isBoth = name != key.Text && map.Find(name) is not null;
        if (!isBoth && !map.IsRepeat(key)) return false;
        Report(path, key, isBoth ? $"The key {Shown.Name(key.Text)} is the former name of '{name}', which is here, too." : $"The key {Shown.Name(key.Text)} appears twice here.", "Remove one of them.");
        return true;
    }

    private void CheckRange(JsonPropertyInfo property, JsonNode value, SpecNode node, string path)
    {
        foreach (var rule in property.AttributeProvider!.GetCustomAttributes(typeof(ValidationAttribute), true).Cast<ValidationAttribute>())
        {
            if (ValueRules.Check(rule, value) is not { } refusal) continue;
            Unusable.Add(path);
            Report(path, node, $"{Shown.Name(path)} {refusal.Found}; it has to be {refusal.Expected}.", Describe(property));
        }
    }

    private JsonNode? Neutralize(Type type, string path)
    {
        Unusable.Add(path);
        return Neutral.Of(type);
    }

    private void ReportUnknown(string path, ScalarNode key, IEnumerable<JsonPropertyInfo> properties)
    {
        var known = properties.Where(p => !p.IsFormer()).Select(p => p.Name).Order(StringComparer.Ordinal).ToArray();
        var near = problems.IsFull ? null : Nearest.Of(key.Text, known);
        Report(path, key, $"The key {Shown.Name(key.Text)} is not known here.", near is not null ? $"Did you mean '{near}'?" : $"Remove it. Known here: {string.Join(", ", known)}.");
    }

    private void Report(string path, SpecNode node, string message, string fix) =>
        problems.Add(new SpecProblem(path, node.Line, node.Column, message, fix));

    private static string Describe(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(System.ComponentModel.DescriptionAttribute), true).Cast<System.ComponentModel.DescriptionAttribute>().FirstOrDefault()?.Description ?? "See 'ptune schema'.";

    private static string Below(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
