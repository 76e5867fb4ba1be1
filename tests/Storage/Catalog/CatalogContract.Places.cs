using Ptune.Contracts.Stores;

namespace Ptune.Storage.Tests.Catalog;

public abstract partial class CatalogContract
{
    /// <summary>Rows of one moment are in the order of their ids, so a place is a time and an id.</summary>
    [Fact]
    public async Task QueryAsync_AfterAPlace_GoesOnThere()
    {
        var tenant = Rows.NewTenant();
        foreach (var number in Enumerable.Range(0, 9)) await Catalog.PutAsync(Rows.Job($"job {number}", tenant, minute: number / 3));
        var all = await Catalog.QueryAsync(new JobQuery { Tenant = tenant }).ToListAsync();
        for (var i = 0; i < all.Count; i++)
        {
            var rest = Catalog.QueryAsync(new JobQuery { Tenant = tenant, After = new JobPlace(all[i].Created, all[i].JobId) });
            Assert.Equal(all.Skip(i + 1), await rest.ToListAsync());
        }
    }
}
