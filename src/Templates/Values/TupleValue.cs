namespace Ptune.Templates.Values;

/// <summary>A Python tuple.</summary>
internal sealed class TupleValue(IReadOnlyList<object?> items) : ISequenceValue
{
    public IReadOnlyList<object?> Items { get; } = items;
}
