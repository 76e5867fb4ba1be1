using System.Collections;

namespace Ptune.Templates.Values;

/// <summary>A Python generator, which <c>map</c> and <c>select</c> give: its items are made when asked for, and once only.</summary>
internal sealed class GeneratorValue(IEnumerable<object?> items) : IEnumerable<object?>
{
    private readonly IEnumerator<object?> _items = items.GetEnumerator();

    public IEnumerator<object?> GetEnumerator()
    {
        while (_items.MoveNext()) yield return _items.Current;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
