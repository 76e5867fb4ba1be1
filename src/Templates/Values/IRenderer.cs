namespace Ptune.Templates.Values;

/// <summary>What filters, methods and operators may ask of the rendering that they are part of.</summary>
internal interface IRenderer
{
    Budget Budget { get; }

    /// <summary>The time that the template is told; null: a template that asks is refused.</summary>
    DateTimeOffset? Now { get; }

    /// <summary>Python's str() of a value.</summary>
    Text Str(object? value);

    /// <summary>Items as a list; each costs a step.</summary>
    List<object?> ToList(IEnumerable<object?> items);

    /// <summary>The same text, counted.</summary>
    Text Allocated(Text text);

    /// <exception cref="TemplateException">There is no such filter, or it refuses.</exception>
    object? ApplyFilter(string name, object? value, Arguments arguments);

    /// <exception cref="TemplateException">There is no such test, or it refuses.</exception>
    bool ApplyTest(string name, object? value, Arguments arguments);

    /// <summary><c>owner[index]</c>.</summary>
    object? Item(object? owner, object? index);

    /// <summary>An attribute of the value's type, and no key of a dict.</summary>
    object? OwnAttribute(object? owner, string name);
}
