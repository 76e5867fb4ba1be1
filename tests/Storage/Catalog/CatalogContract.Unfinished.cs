using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Tests.Catalog;

/// <content>Work that is not over.</content>
public abstract partial class CatalogContract
{
    [Fact]
    public async Task QueryAsync_UnfinishedOfATenantInNoOrder_AreThoseOfAllPools()
    {
        JobRow[] unfinished = [Job("a", minute: 1), Job("b", pool: "gpu/a #1", minute: 2, status: JobStatus.Running), Job("c", pool: "cpu", status: JobStatus.Suspended)];
        foreach (var row in unfinished.Append(Job("d", status: JobStatus.Succeeded)).Append(Rows.Job("foreign", Rows.NewTenant()))) await Catalog.PutAsync(row);
        var query = new JobQuery { Tenant = _tenant, Statuses = JobStatusExtensions.NotFinal, IsUnordered = true };
        Assert.Equal(InOrder(unfinished), InOrder(await QueryAsync(query)));
        Assert.Equal([unfinished[1]], await QueryAsync(query with { Statuses = [JobStatus.Running] }));
        await Catalog.PutAsync(Job("b", pool: "gpu/a #1", version: 9, minute: 2, status: JobStatus.Cancelled));
        Assert.Equal(InOrder([unfinished[0], unfinished[2]]), InOrder(await QueryAsync(query)));
    }
}
