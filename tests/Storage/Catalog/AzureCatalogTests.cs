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

    [Fact]
    public async Task FindAsync_NoAnswer_NamesTheAccount()
    {
        var closed = new TableCatalog(new CatalogTable(ConnectionStrings.Unreachable));
        var failure = await Assert.ThrowsAsync<IOException>(() => closed.FindAsync(Rows.Job("any").JobId));
        Assert.Contains(ConnectionStrings.UnreachableHost, failure.Message, StringComparison.Ordinal);
    }
}
