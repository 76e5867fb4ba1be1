using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Ptune.Contracts.Specs;

/// <summary>How specs, results and manifests are written in JSON: camelCase members, enums as camelCase words.</summary>
public static class SpecJson
{
    /// <summary>For HTTP and files.</summary>
    public static JsonSerializerOptions Options { get; } = Create(indented: false);

    /// <summary>For stored state: members keep the names that they were first stored under (<see cref="FormerNameAttribute"/>).</summary>
    public static JsonSerializerOptions Stored { get; } = Create(indented: false, KeepFormerNames);

    /// <summary>For files that people read.</summary>
    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    /// <summary>Without the members that do not belong to an id.</summary>
    internal static JsonSerializerOptions Identity { get; } = CreateIdentity();

    /// <summary>For reading what <see cref="Identity"/> wrote: texts that were left out come back empty.</summary>
    internal static JsonSerializerOptions IdentityReading { get; } = CreateIdentityReading();

    private static JsonSerializerOptions Create(bool indented, params Action<JsonTypeInfo>[] modifiers)
    {
        var options = With(modifiers);
        Apply(options);
        options.WriteIndented = indented;
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>Makes <paramref name="options"/> (a web framework's, say) write the same JSON.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.RespectRequiredConstructorParameters = true;
        // Nulls are left out when writing, so a parameter that may be null must not be missed when reading.
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(NullsMayBeMissing).WithAddedModifier(ReadFormerNames).WithAddedModifier(LeaveOut).WithAddedModifier(Variants.AddTo);
        options.AllowOutOfOrderMetadataProperties = true;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new TextFormatConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
    }

    private static void NullsMayBeMissing(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property is { AssociatedParameter: { IsNullable: true }, AttributeProvider: { } member } && !member.IsDefined(typeof(RequiredMemberAttribute), inherit: true))
                property.IsRequired = false;
        }
    }

    private static void LeaveOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AttributeProvider?.GetCustomAttributes(typeof(LeftOutWithAttribute), inherit: true) is not [LeftOutWithAttribute rule, ..]) continue;
            var other = type.Type.GetProperty(rule.Member) ?? throw new InvalidOperationException($"{type.Type.Name} has no {rule.Member}.");
            property.ShouldSerialize = (owner, _) => other.GetValue(owner) is null;
        }
    }

    private static JsonSerializerOptions With(params Action<JsonTypeInfo>[] modifiers)
    {
        var resolver = new DefaultJsonTypeInfoResolver();
        foreach (var modifier in modifiers) resolver.Modifiers.Add(modifier);
        return new JsonSerializerOptions { TypeInfoResolver = resolver };
    }

    private static JsonSerializerOptions CreateIdentity()
    {
        var options = With(LeaveOutNotIdentity, KeepFormerNames);
        Apply(options);
        return options;
    }

    private static JsonSerializerOptions CreateIdentityReading()
    {
        var options = With(FillNotIdentity, KeepFormerNames);
        Apply(options);
        return options;
    }

    private static void KeepFormerNames(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            if (property.FormerName() is { } name) property.Name = name;
    }

    private static void ReadFormerNames(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.FormerName() is { } name && name != p.Name).ToArray())
        {
            var former = type.CreateJsonPropertyInfo(property.PropertyType, property.FormerName()!);
            // Without a getter it is read and never written.
            (former.Set, former.AttributeProvider) = (property.Set, property.AttributeProvider);
            type.Properties.Add(former);
        }
    }

    private static void FillNotIdentity(JsonTypeInfo type)
    {
        var left = type.Properties.Where(p => p.IsRequired && p.PropertyType == typeof(string) && p.AttributeProvider?.IsDefined(typeof(NotIdentityAttribute), inherit: true) == true).ToArray();
        if (left.Length == 0) return;
        foreach (var property in left) property.IsRequired = false;
        type.OnDeserialized = value =>
        {
            foreach (var property in left)
                if (property.Get!(value) is null) property.Set!(value, "");
        };
    }

    private static void LeaveOutNotIdentity(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].AttributeProvider?.IsDefined(typeof(NotIdentityAttribute), inherit: true) == true)
                type.Properties.RemoveAt(i);
        }
    }
}
