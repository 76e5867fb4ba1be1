using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Ptune.Contracts.Specs;

/// <summary>
/// The kinds that stand for a type in a spec: those that its attributes list, and those that other assemblies have added. Reading, writing, the schema and the
/// names in results all go by it.
/// </summary>
public static class Variants
{
    private static readonly ConcurrentDictionary<Type, VariantAttribute[]> s_added = new();

    /// <summary>Adds a kind from another assembly. It has to be added before the first spec is read or written.</summary>
    /// <typeparam name="TBase">What it stands for: <see cref="StudyMethod"/>, <see cref="StudyTask"/>, <see cref="TaskSpec"/>, <see cref="ArchitectureSpec"/> ...</typeparam>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="word">What a spec says behind <c>kind</c>.</param>
    /// <exception cref="ArgumentException">The word or the type is taken.</exception>
    public static void Add<TBase, T>(string word)
        where T : class, TBase
    {
        if (Of(typeof(TBase)).Any(kind => kind.Word == word || kind.Type == typeof(T))) throw new ArgumentException($"'{word}' or {typeof(T).Name} is a kind of {typeof(TBase).Name} already.", nameof(word));
        s_added.AddOrUpdate(typeof(TBase), [new(typeof(T), word)], (_, known) => [.. known, new(typeof(T), word)]);
    }

    /// <summary>Empty for a type that has only itself.</summary>
    public static IReadOnlyList<VariantAttribute> Of(Type type) =>
    [
        .. type.GetCustomAttributes<VariantAttribute>(inherit: false),
        .. type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(kind => new VariantAttribute(kind.DerivedType, (string)kind.TypeDiscriminator!)),
        .. s_added.GetValueOrDefault(type, []),
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

    /// <summary>The framework's own polymorphism learns the kinds that were added.</summary>
    internal static void AddTo(JsonTypeInfo type)
    {
        if (!s_added.TryGetValue(type.Type, out var added) || type.PolymorphismOptions is not { } known) return;
        foreach (var kind in added) known.DerivedTypes.Add(new JsonDerivedType(kind.Type, kind.Word));
    }
}
