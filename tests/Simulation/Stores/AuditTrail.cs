using Ptune.Contracts.Stores;

namespace Ptune.Simulation.Tests.Stores;

/// <summary>The rows of the audit trail. They fail only by what happens on the way to them.</summary>
internal sealed class AuditTrail(World world)
{
    public Dictionary<string, SortedList<long, StoredAuditRow>> Chains { get; } = [];

    public SortedList<long, StoredAuditRow> Of(string chain) => Chains.TryGetValue(chain, out var rows) ? rows : Chains[chain] = [];

    /// <returns>The keys that are there; null when another row has the place.</returns>
    public IReadOnlyCollection<string>? Append(string chain, IReadOnlyList<StoredAuditRow> rows)
    {
        var stored = Of(chain);
        var known = stored.Values.Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        string[] again = world.Protocol == Protocol.AuditWithoutKeys ? [] : [.. rows.Select(r => r.Key).Where(known.Contains)];
        if (again.Length > 0) return again;
        if (rows.Any(r => stored.ContainsKey(r.Sequence))) return null;
        foreach (var row in rows) stored.Add(row.Sequence, row);
        return [];
    }
}
