using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;

namespace Ptune.Simulation.Tests.Stores;

/// <summary>Rows by id; the newer version stands.</summary>
internal sealed class Catalog
{
    public Dictionary<string, JobRow> Jobs { get; } = [];

    public Dictionary<string, ExpectedRow> Expected { get; } = [];

    public Dictionary<string, ArtifactRow> Artifacts { get; } = [];

    public Dictionary<string, AliasRow> Aliases { get; } = [];

    public List<DeviceTimeRow> DeviceTime { get; } = [];

    public bool Put(JobRow row, bool isPermitFree = false)
    {
        if (Jobs.TryGetValue(row.JobId, out var known) && row.Version <= known.Version) return false;
        if (!isPermitFree && row.Permit is { } permit && Jobs.Values.Any(r => r.JobId != row.JobId && (r.Tenant, r.Pool, r.Permit) == (row.Tenant, row.Pool, permit)))
            throw new PermitTakenException(row.Tenant, row.Pool, permit);
        Jobs[row.JobId] = row;
        if (Expected.TryGetValue(row.JobId, out var note) && note.Version <= row.Version) Expected.Remove(row.JobId);
        return true;
    }

    public void Remove(JobRow row)
    {
        if (Jobs.TryGetValue(row.JobId, out var known) && known.Version <= row.Version) Jobs.Remove(row.JobId);
    }

    public void Expect(ExpectedRow row)
    {
        if (!Expected.TryGetValue(row.JobId, out var known) || row.Version >= known.Version) Expected[row.JobId] = row;
    }

    public void Settle(ExpectedRow row)
    {
        if (Expected.TryGetValue(row.JobId, out var known) && known.Version <= row.Version) Expected.Remove(row.JobId);
    }

    public void Put(DeviceTimeRow row, bool isKeyFree = false)
    {
        if (isKeyFree || !DeviceTime.Exists(r => (r.JobId, r.Month, r.Epoch, r.Began) == (row.JobId, row.Month, row.Epoch, row.Began))) DeviceTime.Add(row);
    }

    public void Put(AliasRow row)
    {
        if (!Aliases.TryGetValue(row.Alias, out var known) || row.Version > known.Version) Aliases[row.Alias] = row;
    }

    public JobRow[] Query(JobQuery query) =>
    [
        .. Jobs.Values
            .Where(r => query.Pool is null || r.Pool == query.Pool)
            .Where(r => query.Statuses is null || query.Statuses.Contains(r.Status))
            .Where(r => query.ExpiredBy is null || r.Expires <= query.ExpiredBy)
            .OrderByDescending(r => r.Created).ThenBy(r => r.JobId, StringComparer.Ordinal),
    ];
}
