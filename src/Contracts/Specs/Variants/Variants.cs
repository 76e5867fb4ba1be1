using System.Reflection;
using System.Text.Json.Serialization;

namespace Ptune.Contracts.Specs;

/// <summary>The kinds that stand for a type in a spec.</summary>
internal static class Variants
{
    /// <summary>Empty for a type that has only itself.</summary>
    public static IReadOnlyList<VariantAttribute> Of(Type type) =>
    [
        .. type.GetCustomAttributes<VariantAttribute>(inherit: false),
        .. type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(kind => new VariantAttribute(kind.DerivedType, (string)kind.TypeDiscriminator!)),
    ];

    /// <summary>The kind as which a type stands for another; null where it stands for itself.</summary>
    public static VariantAttribute? As(Type type)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType)
        {
            if (Of(at).FirstOrDefault(kind => kind.Type == type) is { } kind) return kind;
        }
        return type.GetInterfaces().SelectMany(Of).FirstOrDefault(kind => kind.Type == type);
    }
}
