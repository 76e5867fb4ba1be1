using System.Reflection;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Grains.Jobs;

namespace Ptune.Grains.Tests.Stability;

/// <summary>Everything that is stored or crosses a boundary, as text: types with their aliases and numbered members, enums, grains and their methods.</summary>
internal static class ContractList
{
    public static IEnumerable<Type> Types { get; } =
        [.. new[] { typeof(IJobGrain).Assembly, typeof(JobState).Assembly }.SelectMany(a => a.GetTypes()).Where(t => !IsGenerated(t)).OrderBy(t => t.FullName, StringComparer.Ordinal)];

    public static string Text() => string.Join('\n', Types.SelectMany(Describe)) + "\n";

    public static bool IsSerialized(Type type) => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false);

    public static bool IsGrainInterface(Type type) => type.IsInterface && type.IsAssignableTo(typeof(IAddressable));

    public static string? Alias(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias;

    private static IEnumerable<string> Describe(Type type)
    {
        if (type.IsEnum && type.IsPublic) return [$"enum {type.Name}", .. Enum.GetNames(type).Select(n => $"  {Convert.ToInt64(Enum.Parse(type, n))} {n}")];
        if (IsSerialized(type)) return [$"type {Alias(type)} = {type.Name}", .. Parameters(type), .. Members(type)];
        if (IsGrainInterface(type)) return [$"grain {Alias(type)} = {type.Name}", .. type.GetMethods().Select(Method).Order(StringComparer.Ordinal)];
        if (type.IsAssignableTo(typeof(Grain)) && !type.IsAbstract) return [$"class {type.GetCustomAttribute<GrainTypeAttribute>()!.GetGrainType(null!, null!)} = {type.Name}", .. States(type)];
        return [];
    }

    /// <summary>A positional record's members are numbered by their places.</summary>
    private static IEnumerable<string> Parameters(Type type)
    {
        var positional = type.GetConstructors()
            .Select(c => c.GetParameters())
            .FirstOrDefault(ps => ps.Length > 0 && ps.All(p => type.GetProperty(p.Name!, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) is not null));
        return positional?.Select((p, i) => $"  ({i}) {p.Name}: {Name(p.ParameterType)}") ?? [];
    }

    private static IEnumerable<string> Members(Type type) =>
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        let id = property.GetCustomAttribute<IdAttribute>()
        where id is not null
        orderby id.Id
        select $"  {id.Id} {StoredName(property)}: {Name(property.PropertyType)}";

    private static string StoredName(PropertyInfo property) =>
        property.GetCustomAttribute<FormerNameAttribute>() is { Name: [var first, .. var rest] } ? $"{char.ToUpperInvariant(first)}{rest}" : property.Name;

    private static string Method(MethodInfo method) =>
        $"  {Alias(method)}({string.Join(", ", method.GetParameters().Select(p => Name(p.ParameterType)))}): {Name(method.ReturnType)}";

    private static IEnumerable<string> States(Type type) =>
        from parameter in type.GetConstructors().Single().GetParameters()
        let state = parameter.GetCustomAttribute<PersistentStateAttribute>()
        where state is not null
        select $"  stored as {state.StateName} in {state.StorageName}";

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Name(underlying) + "?";
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        return type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;
    }

    private static bool IsGenerated(Type type) =>
        type.Namespace?.StartsWith("OrleansCodeGen", StringComparison.Ordinal) == true || type.Name.Contains('<', StringComparison.Ordinal);
}
