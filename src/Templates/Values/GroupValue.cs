namespace Ptune.Templates.Values;

/// <summary>What <c>groupby</c> gives: a tuple whose parts are called <c>grouper</c> and <c>list</c>.</summary>
internal sealed class GroupValue(object? grouper, ListValue list) : ISequenceValue
{
    public object? Grouper { get; } = grouper;

    public ListValue List { get; } = list;

    public IReadOnlyList<object?> Items { get; } = [grouper, list];
}
