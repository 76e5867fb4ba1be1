namespace Ptune.Templates.Values;

/// <summary>A Python list. Templates may not change one.</summary>
internal sealed class ListValue(IReadOnlyList<object?> items) : ISequenceValue
{
    public IReadOnlyList<object?> Items { get; } = items;
}
