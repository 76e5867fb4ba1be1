using Ptune.Contracts.Stores;

namespace Ptune.Storage.Azure;

/// <summary>Permits lie in the tenant's partition, one row each: they are taken and let go by the transaction of the job's row.</summary>
internal sealed partial class TableCatalog
{
    private async Task<PermitLookup> FindPermitAsync(JobRow row, CancellationToken cancellation)
    {
        if (CatalogKeys.Permit(row) is not { } key || await table.FindAsync(row.Tenant, key, cancellation) is not { } permit) return default;
        var holder = permit.GetString(CatalogEntities.JobId);
        // In this order: a permit that was let go and taken again in between has another ETag.
        var claim = await FindAsync(holder, cancellation);
        if (claim is null || CatalogKeys.Permit(claim) != key) return new PermitLookup(permit, IsTaken: false);
        return new PermitLookup(null, IsTaken: holder != row.JobId);
    }
}
