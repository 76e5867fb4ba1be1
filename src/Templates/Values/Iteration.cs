namespace Ptune.Templates.Values;

/// <summary>Python's iter() and len().</summary>
internal static class Iteration
{
    /// <summary>The items; null where the value has none.</summary>
    public static IEnumerable<object?>? TryItems(object? value) => value switch
    {
        Undefined => [],
        Text text => text.CodePoints(),
        ISequenceValue sequence => sequence.Items,
        MapValue map => map.Entries.Select(e => e.Key),
        RangeValue range => range.Items(),
        ViewValue view => view.Items,
        GeneratorValue generator => generator,
        _ => null,
    };

    /// <exception cref="TemplateException">It cannot be iterated.</exception>
    public static IEnumerable<object?> Items(object? value) => TryItems(value) ?? throw TemplateException.Type($"'{PythonType.Of(value)}' object is not iterable.");

    /// <summary>Python's len(); null where the type has none.</summary>
    public static int? TryLength(object? value) => value switch
    {
        Undefined => 0,
        Text text => text.Length,
        ISequenceValue sequence => sequence.Items.Count,
        MapValue map => map.Count,
        RangeValue range => range.Count,
        ViewValue view => view.Items.Count,
        _ => null,
    };

    /// <exception cref="TemplateException">It has no length.</exception>
    public static int Length(object? value) => TryLength(value) ?? throw TemplateException.Type($"object of type '{PythonType.Of(value)}' has no len().");
}
