using System.Numerics;

namespace Ptune.Templates.Values;

/// <summary>Python's names of types, for errors.</summary>
internal static class PythonType
{
    public static string Of(object? value) => value switch
    {
        null => "NoneType",
        Undefined => "Undefined",
        bool => "bool",
        BigInteger => "int",
        double => "float",
        Text { IsMarkup: true } => "Markup",
        Text => "str",
        ListValue => "list",
        TupleValue => "tuple",
        GroupValue => "_GroupTuple",
        MapValue => "dict",
        RangeValue => "range",
        NamespaceValue => "Namespace",
        GeneratorValue => "generator",
        ViewValue view => view.Name,
        ICallable callable => callable.TypeName,
        _ => value.GetType().Name,
    };
}
