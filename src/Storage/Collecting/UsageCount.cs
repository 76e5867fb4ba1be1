using Ptune.Contracts.Http;

namespace Ptune.Storage.Collecting;

/// <summary>A store's contents, added up.</summary>
internal sealed class UsageCount
{
    private readonly List<StoreUsageRow> _kinds = [];

    public List<LargeItem> Items { get; } = [];

    public void Add(string kind, int count, long bytes = 0)
    {
        if (count == 0 && bytes == 0) return;
        var at = _kinds.FindIndex(row => row.Kind == kind);
        if (at < 0) _kinds.Add(new StoreUsageRow(kind, count, bytes));
        else _kinds[at] = new StoreUsageRow(kind, _kinds[at].Count + count, _kinds[at].Bytes + bytes);
    }

    public StoreUsageView View(int largest) => new(
        [.. _kinds], _kinds.Sum(row => row.Bytes), [.. Items.OrderByDescending(item => item.Bytes).ThenBy(item => item.Id, StringComparer.Ordinal).Take(largest)]);
}
