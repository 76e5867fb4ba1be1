using Azure.Data.Tables;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Storage.Azure;

namespace Ptune.Storage.Tests.Catalog;

public sealed class AzureCatalogTests(AzuriteFixture azurite) : CatalogContract(TestStorage.Azure(azurite))
{
    [Fact]
    public async Task QueryAsync_SeveralPages_ListsAllInOrder()
    {
        var tenant = Rows.NewTenant();
        var paged = new TableCatalog(new CatalogTable(azurite.ConnectionString, rowsPerPage: 4));
        foreach (var number in Enumerable.Range(0, 13)) await paged.PutAsync(Rows.Job($"job {number}", tenant, minute: number));
        var names = await paged.QueryAsync(new JobQuery { Tenant = tenant }).Select(row => row.Name).ToListAsync();
        Assert.Equal(Enumerable.Range(0, 13).Reverse().Select(number => $"job {number}"), names);
    }

    /// <summary>Each remembers what it wrote last, and the other goes on from there.</summary>
    [Fact]
    public async Task PutAsync_TwoSilosInTurns_TheNewestVersionStands()
    {
        ICatalog[] silos = [New(), New()];
        var row = Rows.Job("one", Rows.NewTenant());
        for (var version = 1; version <= 6; version++) Assert.True(await silos[version / 2 % 2].PutAsync(row with { Version = version, Priority = version }));
        Assert.False(await silos[0].PutAsync(row with { Version = 5 }));
        Assert.False(await silos[1].PutAsync(row with { Version = 6 }));

        var done = row with { Version = 7, Status = JobStatus.Succeeded };
        Assert.True(await silos[0].PutAsync(done, Rows.Artifact(row.Tenant, "one")));
        Assert.False(await silos[1].PutAsync(done, Rows.Artifact(row.Tenant, "one")));
        Assert.Equal(done, await silos[1].FindAsync(row.JobId));
        Assert.Empty(await silos[1].QueryAsync(new JobQuery { Tenant = row.Tenant, Pool = row.Pool, Statuses = JobStatusExtensions.NotFinal }).ToListAsync());

        TableCatalog New() => new(new CatalogTable(azurite.ConnectionString));
    }

    /// <summary>What one remembers may be gone: another has removed it.</summary>
    [Fact]
    public async Task PutAsync_AnotherSiloRemovedTheRow_ItStandsAgain()
    {
        TableCatalog silo = new(new CatalogTable(azurite.ConnectionString)), other = new(new CatalogTable(azurite.ConnectionString));
        var row = Rows.Job("one", Rows.NewTenant());
        await silo.PutAsync(row);
        await other.RemoveAsync(row);
        Assert.True(await silo.PutAsync(row with { Version = 2 }));
        Assert.Equal(2, (await other.FindAsync(row.JobId))!.Version);
    }

    /// <summary>A silo of before there were permits writes rows without them, and lets the permits lie.</summary>
    [Fact]
    public async Task PutAsync_PermitWhoseHolderHasNoneByItsRow_IsTaken()
    {
        var table = new CatalogTable(azurite.ConnectionString);
        var row = Rows.Job("one", Rows.NewTenant(), status: JobStatus.Running) with { Permit = 0 };
        await new TableCatalog(table).PutAsync(row);
        var standing = (await table.FindAsync(row.Tenant, CatalogKeys.JobById(row.JobId), default))!;
        var unaware = CatalogEntities.Of(row with { Version = 2, Status = JobStatus.Queued, Permit = null }, CatalogKeys.JobById(row.JobId));
        Assert.True(await table.TryChangeAsync([new(TableTransactionActionType.UpdateReplace, unaware, standing.ETag)], default));

        var other = Rows.Job("two", row.Tenant, status: JobStatus.Running) with { Permit = 0 };
        Assert.True(await new TableCatalog(table).PutAsync(other));
        await Assert.ThrowsAsync<PermitTakenException>(() => new TableCatalog(table).PutAsync(row with { Version = 3 }));
    }

    [Fact]
    public async Task FindAsync_NoAnswer_NamesTheAccount()
    {
        var closed = new TableCatalog(new CatalogTable(ConnectionStrings.Unreachable));
        var failure = await Assert.ThrowsAsync<IOException>(() => closed.FindAsync(Rows.Job("any").JobId));
        Assert.Contains(ConnectionStrings.UnreachableHost, failure.Message, StringComparison.Ordinal);
    }
}
