using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Stores;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>A catalog in memory that can be told to fail.</summary>
internal sealed class MemoryCatalog : ICatalog
{
    public ConcurrentDictionary<string, JobRow> Jobs { get; } = new();

    public ConcurrentDictionary<string, ArtifactRow> Artifacts { get; } = new();

    public ConcurrentDictionary<string, AliasRow> Aliases { get; } = new();

    public ConcurrentDictionary<string, ExpectedRow> Expected { get; } = new();

    public ConcurrentDictionary<(string JobId, DateOnly Month, long Epoch, DateTimeOffset Began), TimeSpan> DeviceTime { get; } = new();

    /// <summary>Writing device time fails.</summary>
    public bool RefusesDeviceTime { get; set; }

    /// <summary>Rows whose writing fails, by the job's id and status.</summary>
    public Func<JobRow, bool> Refuses { get; set; } = _ => false;

    /// <summary>Called before a row or a note is written, and before an artifact is looked up: where others may come between.</summary>
    public Action<Type> Before { get; set; } = _ => { };

    /// <summary>Called before rows are read: where a reading may be held.</summary>
    public Func<JobQuery, Task> BeforeQuery { get; set; } = _ => Task.CompletedTask;

    /// <summary>Has artifacts that somebody else has made, by their contents.</summary>
    public void Have(params string[] contents)
    {
        foreach (var row in contents.Select(Sample.Artifact)) Artifacts.TryAdd(row.Digest, row);
    }

    public Task<bool> PutAsync(JobRow row, CancellationToken cancellation = default)
    {
        Before(typeof(JobRow));
        if (Refuses(row)) throw new IOException("the catalog is full");
        if (row.Permit is { } permit && Jobs.Values.Any(r => r.JobId != row.JobId && (r.Tenant, r.Pool, r.Permit) == (row.Tenant, row.Pool, permit)))
            throw new PermitTakenException(row.Tenant, row.Pool, permit);
        if (Expected.TryGetValue(row.JobId, out var note) && note.Version <= row.Version) Expected.TryRemove(row.JobId, out _);
        return Task.FromResult(ReferenceEquals(Jobs.AddOrUpdate(row.JobId, row, (_, known) => row.Version > known.Version ? row : known), row));
    }

    public Task RemoveAsync(JobRow row, CancellationToken cancellation = default)
    {
        if (Jobs.TryGetValue(row.JobId, out var known) && known.Version <= row.Version) Jobs.TryRemove(KeyValuePair.Create(row.JobId, known));
        return Task.CompletedTask;
    }

    public Task<JobRow?> FindAsync(string jobId, CancellationToken cancellation = default) => Task.FromResult(Jobs.GetValueOrDefault(jobId));

    public async IAsyncEnumerable<JobRow> QueryAsync(JobQuery query, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await BeforeQuery(query);
        var rows = Jobs.Values
            .Where(r => query.Tenant is null || r.Tenant == query.Tenant)
            .Where(r => query.Pool is null || r.Pool == query.Pool)
            .Where(r => query.Statuses is null || query.Statuses.Contains(r.Status))
            .Where(r => query.ExpiredBy is null || r.Expires <= query.ExpiredBy)
            .OrderByDescending(r => r.Created).ThenBy(r => r.JobId, StringComparer.Ordinal);
        foreach (var row in rows) yield return row;
    }

    public Task ExpectAsync(ExpectedRow expected, CancellationToken cancellation = default)
    {
        Before(typeof(ExpectedRow));
        Expected.AddOrUpdate(expected.JobId, expected, (_, known) => expected.Version >= known.Version ? expected : known);
        return Task.CompletedTask;
    }

    public Task SettleAsync(ExpectedRow expected, CancellationToken cancellation = default)
    {
        if (Expected.TryGetValue(expected.JobId, out var known) && known.Version <= expected.Version) Expected.TryRemove(KeyValuePair.Create(expected.JobId, known));
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<ExpectedRow> ListExpectedAsync(string? pool, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        foreach (var row in Expected.Values.Where(r => (pool is null || r.Pool == pool) && r.At <= until)) yield return row;
    }

    public Task PutAsync(ArtifactRow row, CancellationToken cancellation = default)
    {
        Before(typeof(ArtifactRow));
        Artifacts.TryAdd(row.Digest, row);
        return Task.CompletedTask;
    }

    public Task<ArtifactRow?> FindArtifactAsync(string tenant, string digest, CancellationToken cancellation = default)
    {
        Before(typeof(string));
        return Task.FromResult(Artifacts.GetValueOrDefault(digest));
    }

    public async IAsyncEnumerable<ArtifactRow> ListArtifactsAsync(string? tenant, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        foreach (var row in Artifacts.Values.Where(r => tenant is null || r.Tenant == tenant)) yield return row;
    }

    public Task RemoveArtifactAsync(string tenant, string digest, CancellationToken cancellation = default)
    {
        Artifacts.TryRemove(digest, out _);
        return Task.CompletedTask;
    }

    public Task PutAsync(DeviceTimeRow row, CancellationToken cancellation = default)
    {
        if (RefusesDeviceTime) throw new IOException("the catalog is full");
        DeviceTime.TryAdd((row.JobId, row.Month, row.Epoch, row.Began), row.Held);
        return Task.CompletedTask;
    }

    public Task<TimeSpan> SumDeviceTimeAsync(string tenant, DateOnly month, CancellationToken cancellation = default) =>
        Task.FromResult(new TimeSpan(DeviceTime.Where(r => JobIds.Tenant(r.Key.JobId) == tenant && r.Key.Month == month).Sum(r => r.Value.Ticks)));

    public Task PutAsync(AliasRow row, CancellationToken cancellation = default)
    {
        Before(typeof(AliasRow));
        Aliases.AddOrUpdate(row.Alias, row, (_, known) => row.Version > known.Version ? row : known);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<AliasRow> ListAliasesAsync(string? tenant, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        foreach (var row in Aliases.Values.Where(r => r.Digest.Length > 0 && (tenant is null || r.Tenant == tenant))) yield return row;
    }
}
