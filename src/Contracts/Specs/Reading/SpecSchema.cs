using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Ptune.Contracts.Specs.Reading;

/// <summary>The JSON Schema (draft 2020-12) of specs, generated from their types: what editors complete and check by.</summary>
public static class SpecSchema
{
    private static readonly JsonSchemaExporterOptions Exporter = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Transform,
    };

    /// <summary>The schema as JSON.</summary>
    public static JsonObject Create()
    {
        var kinds = (JsonObject)SpecJson.Options.GetJsonSchemaAsNode(typeof(Spec), Exporter);
        Redirect(kinds);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "ptune spec",
            ["description"] = "A job, a study or a sweep of the Portable Tuning Orchestrator.",
        };
        foreach (var (key, value) in kinds.ToList())
        {
            kinds.Remove(key);
            schema[key] = value;
        }
        return schema;
    }

    /// <summary>The schema as people read it, with a line break at its end left to whoever prints it.</summary>
    public static string Text(JsonObject schema) => schema.ToJsonString(SpecJson.Indented);

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        if (context.TypeInfo.Type.GetCustomAttributes<VariantAttribute>(inherit: false).ToArray() is { Length: > 0 } variants) node = Either(variants);
        // Nor of the words where the words have a converter.
        if (context.TypeInfo.Type == typeof(TextFormat)) node = new JsonObject { ["enum"] = new JsonArray([.. Scalars.Words(typeof(TextFormat))!.Select(word => JsonValue.Create(word))]) };
        if (node is not JsonObject schema) return node;
        // The exporter knows nothing of the values where they have a converter.
        if (context.TypeInfo is { Kind: JsonTypeInfoKind.Dictionary, ElementType: { } element } && element.GetCustomAttributes<VariantAttribute>(inherit: false).ToArray() is { Length: > 0 } values)
            schema["additionalProperties"] = Either(values);
        if (context.TypeInfo.Type == typeof(SweepValue[])) schema["items"] = new JsonObject { ["type"] = new JsonArray("number", "string", "boolean") };
        if (schema.Remove("anyOf", out var kinds)) Choice(context, schema, (JsonArray)kinds!);
        if (schema["properties"] is JsonObject members && !schema.ContainsKey("additionalProperties")) Close(context, schema, members);
        if (context.TypeInfo.Type == typeof(TrainingRecipe)) OrName(schema);
        if (context.PropertyInfo?.AttributeProvider is { } attributes) Annotate(context, schema, attributes);
        if (context.PropertyInfo is { } property && property.IsFormer()) schema["deprecated"] = true;
        return schema;
    }

    /// <summary>Types with a default kind, which the exporter does not know.</summary>
    private static JsonObject Either(IEnumerable<VariantAttribute> variants)
    {
        var kinds = new JsonArray();
        foreach (var variant in variants)
        {
            var kind = (JsonObject)SpecJson.Options.GetJsonSchemaAsNode(variant.Type, Exporter);
            var members = (JsonObject)kind["properties"]!;
            members.Remove("kind");
            members.Insert(0, "kind", new JsonObject { ["const"] = variant.Word });
            kind["title"] = variant.Word;
            if (!variant.IsDefault) Require(kind, "kind");
            kinds.Add(kind);
        }
        return new JsonObject { ["oneOf"] = kinds };
    }

    /// <summary>What the exporter wrote once it refers to by its place, and <see cref="Choice"/> has given the place of the kinds another name.</summary>
    private static void Redirect(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items) Redirect(item);
        }
        if (node is not JsonObject members) return;
        if ((members["$ref"] as JsonValue)?.GetValue<string>() is { } place) members["$ref"] = place.Replace("/anyOf/", "/oneOf/", StringComparison.Ordinal);
        foreach (var (_, member) in members) Redirect(member);
    }

    /// <summary>One of the kinds, told apart by the word behind <c>kind</c>.</summary>
    private static void Choice(JsonSchemaExporterContext context, JsonObject schema, JsonArray kinds)
    {
        schema["oneOf"] = kinds;
        schema.Remove("required");
        var derived = Variants.Of(context.TypeInfo.Type).ToDictionary(kind => kind.Word, kind => kind.Type);
        var words = context.TypeInfo.Type.IsDefined(typeof(WordAloneAttribute), inherit: false) ? new JsonObject { ["enum"] = new JsonArray([.. derived.Keys.Select(word => JsonValue.Create(word))]) } : null;
        foreach (var kind in kinds.OfType<JsonObject>())
        {
            if ((string?)kind["properties"]?["kind"]?["const"] is not { } word) continue;
            kind["title"] = word;
            Require(kind, "kind");
            Close(context, kind, (JsonObject)kind["properties"]!);
            if (derived[word].GetCustomAttribute<SecondFormAttribute>() is { } form) kind["properties"]!["kind"] = new JsonObject { ["enum"] = new JsonArray(form.Kind, word) };
            // A file says its version; a job inside a sweep need not.
            if (context.TypeInfo.Type == typeof(Spec)) Require(kind, "apiVersion", derived[word].IsAssignableTo(typeof(JobSpec)) ? null : "name");
        }
        if (words is null) return;
        foreach (var kind in kinds) kind!["type"] = "object";
        kinds.Add(words);
        schema.Remove("type");
    }

    /// <summary>A recipe may be a name, or have one. What is said of objects does not hold for a text, and the reverse.</summary>
    private static void OrName(JsonObject schema)
    {
        if (schema["properties"] is not JsonObject members) return;
        var names = string.Join('|', NamedRecipes.Names);
        var types = schema["type"] is JsonArray several ? several.Select(type => (string)type!) : [(string)schema["type"]!];
        schema["type"] = new JsonArray([.. types.Append("string").Select(type => JsonValue.Create(type))]);
        schema["pattern"] = $"^({names})$";
        members[NamedRecipes.Key] = new JsonObject { ["type"] = "string", ["pattern"] = $"^({names})$", ["description"] = "A named recipe, whose settings hold where none is given here." };
    }

    private static void Close(JsonSchemaExporterContext context, JsonObject schema, JsonObject members)
    {
        schema["additionalProperties"] = false;
        if (context.TypeInfo.Type.IsAssignableTo(typeof(Spec)) && members["apiVersion"] is JsonObject version) version["const"] = Spec.CurrentApiVersion;
    }

    private static void Require(JsonObject schema, params string?[] names)
    {
        if (schema["required"] is not JsonArray required) schema["required"] = required = [];
        foreach (var name in names.OfType<string>().Where(n => required.All(r => (string?)r != n))) required.Add(name);
    }

    private static void Annotate(JsonSchemaExporterContext context, JsonObject schema, ICustomAttributeProvider attributes)
    {
        foreach (var attribute in attributes.GetCustomAttributes(inherit: true))
        {
            switch (attribute)
            {
                case DescriptionAttribute description:
                    schema["description"] = description.Description;
                    break;
                case RangeAttribute range:
                    schema[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = Number(range.Minimum);
                    schema["maximum"] = Number(range.Maximum);
                    break;
                case RegularExpressionAttribute form:
                    schema["pattern"] = form.Pattern;
                    break;
                case KindsAttribute useful when schema["oneOf"] is JsonArray kinds:
                    foreach (var kind in kinds.Where(k => !useful.Kinds.Contains((string?)k?["title"])).ToArray()) kinds.Remove(kind);
                    break;
                case MinLengthAttribute length:
                    schema["minItems"] = length.Length;
                    break;
                case MaxLengthAttribute length:
                    schema[Most(context.TypeInfo.Type)] = length.Length;
                    break;
            }
        }
    }

    private static string Most(Type type) => type == typeof(string) ? "maxLength" : type.IsArray ? "maxItems" : "maxProperties";

    private static JsonValue Number(object bound) => bound is double value ? JsonValue.Create(value) : JsonValue.Create(Convert.ToInt64(bound, CultureInfo.InvariantCulture));
}
