using System.Numerics;
using Ptune.Templates.Methods;
using Ptune.Templates.Values;

namespace Ptune.Templates.Operations;

/// <summary>
/// <c>value.name</c> and <c>value[index]</c>, in Jinja's order: the first asks for the type's attribute and then for the key, the second the other
/// way round. Nothing of the host can be reached: an attribute is one of those written here.
/// </summary>
internal static class Attributes
{
    /// <exception cref="TemplateException">The owner is undefined, or the attribute is one of Python's that is not supported.</exception>
    public static object? Get(object? owner, string name)
    {
        if (owner is Undefined undefined) throw undefined.Used();
        if (IsSpecial(name))
        {
            if (owner is MapValue hidden && hidden.TryGet(new Text(name), out _)) throw TemplateException.Unsupported($"a key '{name}' behind a dot is not supported; write ['{name}'].");
            return new Undefined($"access to attribute '{name}' of '{PythonType.Of(owner)}' object is unsafe");
        }
        if (Own(owner, name) is { } own) return own();
        return owner is MapValue map && map.TryGet(new Text(name), out var value) ? value : Undefined.Attribute(owner, name);
    }

    /// <exception cref="TemplateException">The owner is undefined, or the attribute is one of Python's that is not supported.</exception>
    public static object? Item(object? owner, object? index)
    {
        switch (owner)
        {
            case Undefined undefined:
                throw undefined.Used();
            case MapValue map when index is not (ListValue or MapValue or GeneratorValue or NamespaceValue):
                if (map.TryGet(index, out var value)) return value;
                break;
            case Text text when Position(index, text.Length) is { } at:
                return at < text.Length && at >= 0 ? text.AsMarkup(false).CodePointAt(at) : Missing(owner, index);
            case ISequenceValue sequence when Position(index, sequence.Items.Count) is { } at:
                return at < sequence.Items.Count && at >= 0 ? sequence.Items[at] : Missing(owner, index);
            case RangeValue range when Position(index, range.Count) is { } at:
                return at < range.Count && at >= 0 ? range[at] : Missing(owner, index);
        }
        if (index is not Text name) return Missing(owner, index);
        if (IsSpecial(name.Value)) return new Undefined($"access to attribute '{name.Value}' of '{PythonType.Of(owner)}' object is unsafe");
        return Own(owner, name.Value) is { } own ? own() : Undefined.Attribute(owner, name.Value);
    }

    /// <summary>Whether <c>value.name</c> is an attribute of the value's type, and not a key of a dict.</summary>
    public static object? OwnOrUndefined(object? owner, string name) =>
        IsSpecial(name) ? new Undefined($"access to attribute '{name}' is unsafe") : Own(owner, name) is { } own ? own() : Undefined.Attribute(owner, name);

    private static bool IsSpecial(string name) => name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal);

    private static Undefined Missing(object? owner, object? index) => new(index is BigInteger or bool
        ? $"'{PythonType.Of(owner)} object' has no element {index}"
        : $"'{PythonType.Of(owner)} object' has no such element");

    // An index from the end is negative; null where it is no index at all.
    private static int? Position(object? index, int length) => index switch
    {
        BigInteger number => (int)BigInteger.Clamp(number.Sign < 0 ? number + length : number, -1, int.MaxValue),
        bool flag => flag ? 1 : 0,
        _ => null,
    };

    private static Func<object?>? Own(object? owner, string name) => owner switch
    {
        Text text => MethodTable.Find(TextMethods.All, text, name),
        MapValue map => MethodTable.Find(MapMethods.All, map, name),
        GroupValue group when name is "grouper" => () => group.Grouper,
        GroupValue group when name is "list" => () => group.List,
        ISequenceValue sequence => MethodTable.Find(SequenceMethods.All, sequence, name),
        NamespaceValue space => space.Attributes.TryGet(new Text(name), out var value) ? () => value : null,
        IAttributes own => own.Attribute(name),
        RangeValue range => name switch
        {
            "start" => () => range.Start,
            "stop" => () => range.Stop,
            "step" => () => range.Step,
            "count" or "index" => throw NotSupported(owner, name),
            _ => null,
        },
        BigInteger or bool or double => MethodTable.NumberAttributes.Contains(name) ? throw NotSupported(owner, name) : null,
        GeneratorValue => name is "close" or "send" or "throw" || name.StartsWith("gi_", StringComparison.Ordinal) ? throw NotSupported(owner, name) : null,
        ViewValue => name is "mapping" or "isdisjoint" ? throw NotSupported(owner, name) : null,
        _ => null,
    };

    private static TemplateException NotSupported(object? owner, string name) => TemplateException.Unsupported($"the attribute '{name}' of '{PythonType.Of(owner)}' is not supported.");
}
