using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Azure;

/// <summary>The catalog in one Azure table; <see cref="CatalogKeys"/> says what lies where.</summary>
internal sealed partial class TableCatalog(CatalogTable table) : ICatalog
{
    // Submitted, and queued at once: a row of such a version is a job's first.
    private const long FirstVersions = 2;

    private readonly ConcurrentDictionary<string, bool> _knownTenants = new(StringComparer.Ordinal);
    private readonly KnownEntities _live = new();

    public async Task<bool> PutAsync(JobRow row, CancellationToken cancellation = default)
    {
        await KnowTenantAsync(row.Tenant, cancellation);
        var permit = default(PermitLookup);
        var (isChanged, standing) = await table.ChangeAsync(
            row.Tenant,
            CatalogKeys.JobById(row.JobId),
            Settling(row, standing => permit.Allow(row, JobChanges.Of(row, standing, permit.Left))),
            cancellation,
            CachedRowOf(row),
            async () => permit = await FindPermitAsync(row, cancellation));
        _live.Remember(row.JobId, row.Status.IsFinal ? null : standing);
        return isChanged;
    }

    /// <summary>One transaction, unless one of the two stands already as it did not seem to.</summary>
    public async Task<bool> PutAsync(JobRow row, ArtifactRow artifact, CancellationToken cancellation = default)
    {
        if (_live.Forget(row.JobId) is { } known && await table.TryChangeAsync([.. JobChanges.Of(row, known), .. Adding(artifact)], cancellation)) return true;
        await PutAsync(artifact, cancellation);
        return await PutAsync(row, cancellation);
    }

    public Task RemoveAsync(JobRow row, CancellationToken cancellation = default) =>
        table.ChangeAsync(row.Tenant, CatalogKeys.JobById(row.JobId), standing => JobChanges.Removing(row, standing), cancellation);

    public async Task<JobRow?> FindAsync(string jobId, CancellationToken cancellation = default) =>
        JobIds.IsWellFormed(jobId) && await table.FindAsync(JobIds.Tenant(jobId), CatalogKeys.JobById(jobId), cancellation) is { } entity
            ? CatalogEntities.Job(entity)
            : null;

    public async IAsyncEnumerable<JobRow> QueryAsync(JobQuery query, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var left = query.Limit ?? int.MaxValue;
        if (left <= 0 || query.Statuses is { Length: 0 }) yield break;
        var range = CatalogQuery.Of(query);
        var tenants = query.Tenant is { } tenant ? [tenant] : await ListTenantsAsync(cancellation);
        var rows = JobMerge.Of(tenants.Select(partition => RowsAsync(range, partition, cancellation)).ToArray(), cancellation);
        await foreach (var row in rows)
        {
            if (query.After is { } place && !place.IsBefore(row)) continue;
            yield return row;
            if (--left == 0) yield break;
        }
    }

    public async Task PutAsync(ArtifactRow row, CancellationToken cancellation = default)
    {
        await KnowTenantAsync(row.Tenant, cancellation);
        await table.ChangeAsync(row.Tenant, CatalogKeys.ArtifactById(row.Digest), standing => standing is null ? Adding(row) : [], cancellation, new CachedRow(null));
    }

    public async Task<ArtifactRow?> FindArtifactAsync(string tenant, string digest, CancellationToken cancellation = default) =>
        await table.FindAsync(tenant, CatalogKeys.ArtifactById(digest), cancellation) is { } entity ? CatalogEntities.Artifact(entity) : null;

    public async IAsyncEnumerable<ArtifactRow> ListArtifactsAsync(string? tenant, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var partition in tenant is null ? await ListTenantsAsync(cancellation) : [tenant])
        {
            await foreach (var row in table.ListAsync(CatalogQuery.Range(partition, CatalogKeys.ArtifactsByTime), cancellation))
                yield return CatalogEntities.Artifact(row);
        }
    }

    public Task RemoveArtifactAsync(string tenant, string digest, CancellationToken cancellation = default) => table.ChangeAsync(
        tenant,
        CatalogKeys.ArtifactById(digest),
        standing => standing is null ? [] :
        [
            new(TableTransactionActionType.Delete, standing, standing.ETag),
            new(TableTransactionActionType.Delete, new TableEntity(tenant, CatalogKeys.ArtifactByTime(CatalogEntities.Artifact(standing)))),
        ],
        cancellation);

    public async Task PutAsync(AliasRow row, CancellationToken cancellation = default) => await table.ChangeAsync(
        row.Tenant,
        CatalogKeys.Alias(row.Alias),
        standing => standing switch
        {
            null => [new(TableTransactionActionType.Add, CatalogEntities.Of(row))],
            _ when row.Version > CatalogEntities.Alias(standing).Version =>
                [new(TableTransactionActionType.UpdateReplace, CatalogEntities.Of(row), standing.ETag)],
            _ => [],
        },
        cancellation);

    public async IAsyncEnumerable<AliasRow> ListAliasesAsync(string? tenant, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var partition in tenant is null ? await ListTenantsAsync(cancellation) : [tenant])
        {
            // Escaped keys do not sort as the aliases do, and a tenant has few of them.
            var rows = await table.ListAsync(CatalogQuery.Range(partition, CatalogKeys.Aliases), cancellation).Select(CatalogEntities.Alias).ToListAsync(cancellation);
            foreach (var row in rows.Where(row => row.Digest.Length > 0).OrderBy(row => row.Alias, StringComparer.Ordinal)) yield return row;
        }
    }

    /// <summary>What probably stands; null: unknown.</summary>
    private CachedRow? CachedRowOf(JobRow row)
    {
        if (_live.Find(row.JobId) is { } known) return new CachedRow(known);
        return row.Version <= FirstVersions ? new CachedRow(null) : null;
    }

    private static TableTransactionAction[] Adding(ArtifactRow row) =>
    [
        new(TableTransactionActionType.Add, CatalogEntities.Of(row, CatalogKeys.ArtifactById(row.Digest))),
        new(TableTransactionActionType.Add, CatalogEntities.Of(row, CatalogKeys.ArtifactByTime(row))),
    ];

    private async IAsyncEnumerable<JobRow> RowsAsync(CatalogQuery range, string tenant, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = table.ListAsync(range.In(tenant), cancellation).Select(CatalogEntities.Job);
        if (!range.IsInOrder) rows = rows.Order(JobMerge.NewestFirst);
        await foreach (var row in rows.WithCancellation(cancellation)) yield return row;
    }

    /// <summary>Before a tenant's first job stands, its name does: a query over all tenants misses none.</summary>
    private async Task KnowTenantAsync(string tenant, CancellationToken cancellation)
    {
        if (_knownTenants.ContainsKey(tenant)) return;
        await table.ChangeAsync(
            CatalogKeys.Tenants,
            tenant,
            standing => standing is null ? [new(TableTransactionActionType.Add, new TableEntity(CatalogKeys.Tenants, tenant))] : [],
            cancellation);
        _knownTenants[tenant] = true;
    }

    private async Task<List<string>> ListTenantsAsync(CancellationToken cancellation)
    {
        var all = TableClient.CreateQueryFilter($"PartitionKey eq {CatalogKeys.Tenants}");
        return await table.ListAsync(all, cancellation).Select(entity => entity.RowKey).ToListAsync(cancellation);
    }
}
