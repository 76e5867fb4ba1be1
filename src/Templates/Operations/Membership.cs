using Ptune.Templates.Values;

namespace Ptune.Templates.Operations;

/// <summary>Python's <c>in</c>.</summary>
internal static class Membership
{
    /// <exception cref="TemplateException">The container cannot be asked for the item.</exception>
    public static bool Contains(IRenderer interpreter, object? container, object? item)
    {
        switch (container)
        {
            case Text text:
                return item is Text part
                    ? text.Value.Contains(part.Value, StringComparison.Ordinal)
                    : throw TemplateException.Type($"'in <string>' requires string as left operand, not {PythonType.Of(item)}.");
            case MapValue map:
                return map.TryGet(item, out _);
            default:
                var items = Iteration.TryItems(container) ?? throw TemplateException.Type($"argument of type '{PythonType.Of(container)}' is not iterable.");
                foreach (var entry in items)
                {
                    interpreter.Budget.Step();
                    if (ReferenceEquals(entry, item) || Comparison.AreEqual(entry, item)) return true;
                }
                return false;
        }
    }
}
