using Ptune.Templates.Values;

namespace Ptune.Templates.Methods;

/// <summary>The methods of a dict.</summary>
internal static class MapMethods
{
    public static IReadOnlyDictionary<string, Func<IRenderer, MapValue, Arguments, object?>?> All { get; } = new Dictionary<string, Func<IRenderer, MapValue, Arguments, object?>?>
    {
        ["keys"] = (i, map, a) => View(i, a, "dict_keys", map.Entries.Select(e => e.Key)),
        ["values"] = (i, map, a) => View(i, a, "dict_values", map.Entries.Select(e => e.Value)),
        ["items"] = (i, map, a) => View(i, a, "dict_items", Pairs(map)),
        ["get"] = (_, map, a) => Get(map, a.BindPositional("get", 1, 1)),
        ["copy"] = (_, map, a) => a.BindPositional("copy", 0) is not null ? map : null,
        ["fromkeys"] = null,
        ["update"] = (_, _, _) => MethodTable.Refuse("update"),
        ["pop"] = (_, _, _) => MethodTable.Refuse("pop"),
        ["popitem"] = (_, _, _) => MethodTable.Refuse("popitem"),
        ["setdefault"] = (_, _, _) => MethodTable.Refuse("setdefault"),
        ["clear"] = (_, _, _) => MethodTable.Refuse("clear"),
    };

    /// <summary>Keys and values as tuples.</summary>
    public static IEnumerable<object?> Pairs(MapValue map) => map.Entries.Select(e => new TupleValue([e.Key, e.Value]));

    private static ViewValue View(IRenderer interpreter, Arguments arguments, string name, IEnumerable<object?> items)
    {
        arguments.BindPositional(name, 0);
        return new ViewValue(name, interpreter.ToList(items));
    }

    private static object? Get(MapValue map, object?[] arguments) =>
        map.TryGet(arguments[0], out var value) ? value : arguments[1] == Arguments.Missing ? null : arguments[1];
}
