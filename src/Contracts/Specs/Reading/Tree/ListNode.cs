namespace Ptune.Contracts.Specs.Reading;

/// <summary>A list of nodes.</summary>
internal sealed class ListNode(IReadOnlyList<SpecNode> items, int line, int column) : SpecNode(line, column)
{
    public IReadOnlyList<SpecNode> Items { get; } = items;
}
