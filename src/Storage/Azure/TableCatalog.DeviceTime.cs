using Azure.Data.Tables;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Azure;

/// <summary>Device time lies in the tenant's partition, month by month; a month's sum is read from its rows.</summary>
internal sealed partial class TableCatalog
{
    private const string Milliseconds = "Milliseconds";

    public async Task PutAsync(DeviceTimeRow row, CancellationToken cancellation = default)
    {
        var (tenant, key) = (JobIds.Tenant(row.JobId), CatalogKeys.DeviceTimeOf(row));
        var entity = new TableEntity(tenant, key) { [CatalogEntities.JobId] = row.JobId, [Milliseconds] = (long)row.Held.TotalMilliseconds };
        await table.ChangeAsync(tenant, key, standing => standing is null ? [new(TableTransactionActionType.Add, entity)] : [], cancellation, new CachedRow(null));
    }

    public async Task<TimeSpan> SumDeviceTimeAsync(string tenant, DateOnly month, CancellationToken cancellation = default) => TimeSpan.FromMilliseconds(
        await table.ListAsync(CatalogQuery.Range(tenant, CatalogKeys.DeviceTimeOf(month)), cancellation).Select(row => row.GetInt64(Milliseconds) ?? 0).SumAsync(cancellation));
}
