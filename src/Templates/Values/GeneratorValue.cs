using System.Collections;

namespace Ptune.Templates.Values;

/// <summary>A Python generator, which <c>map</c> and <c>select</c> give: its items are made when asked for, and once only.</summary>
internal sealed class GeneratorValue : IEnumerable<object?>
{
    // Each costs stack when the last one is asked for an item.
    private const int Deepest = 200;

    private readonly IEnumerator<object?> _items;
    private readonly int _depth;

    /// <param name="items">What it gives.</param>
    /// <param name="source">What its items are made from.</param>
    /// <exception cref="TemplateException">Too many are made from each other.</exception>
    public GeneratorValue(IEnumerable<object?> items, object? source = null)
    {
        _items = items.GetEnumerator();
        _depth = source is GeneratorValue other ? other._depth + 1 : 1;
        if (_depth > Deepest) throw new TemplateException(TemplateFault.Limit, $"more than {Deepest} generators made from each other.");
    }

    public IEnumerator<object?> GetEnumerator()
    {
        while (_items.MoveNext()) yield return _items.Current;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
