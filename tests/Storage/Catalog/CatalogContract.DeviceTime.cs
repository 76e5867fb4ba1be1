using Ptune.Contracts.Stores;

namespace Ptune.Storage.Tests.Catalog;

public abstract partial class CatalogContract
{
    private static readonly DateOnly _march = new(2026, 3, 1);

    [Fact]
    public async Task SumDeviceTimeAsync_RowsOfAMonth_AreCountedOnceEach()
    {
        DeviceTimeRow first = Held("one", epoch: 1, seconds: 1.5), second = Held("one", epoch: 2, seconds: 20), other = Held("two", epoch: 1, seconds: 300);
        foreach (var row in new[] { first, second, other, first, other }) await Catalog.PutAsync(row);
        // What stands stays, whatever is said of the attempt later.
        await Catalog.PutAsync(first with { Held = TimeSpan.FromHours(1) });
        Assert.Equal(TimeSpan.FromSeconds(321.5), await Catalog.SumDeviceTimeAsync(_tenant, _march));

        // The state of the job was lost, and it counts its attempts anew.
        await Catalog.PutAsync(first with { Began = first.Began.AddHours(1) });
        Assert.Equal(TimeSpan.FromSeconds(323), await Catalog.SumDeviceTimeAsync(_tenant, _march));
    }

    [Fact]
    public async Task SumDeviceTimeAsync_OtherMonthsAndTenants_AreOthers()
    {
        Assert.Equal(TimeSpan.Zero, await Catalog.SumDeviceTimeAsync(_tenant, _march));
        foreach (var month in new[] { _march.AddMonths(-1), _march, _march.AddMonths(1), _march.AddYears(1) })
            await Catalog.PutAsync(Held("one", epoch: month.Month, seconds: month.DayNumber) with { Month = month });
        await Catalog.PutAsync(Held("one", epoch: 1, seconds: 7) with { JobId = Rows.Job("one", Rows.NewTenant()).JobId });
        Assert.Equal(TimeSpan.FromSeconds(_march.DayNumber), await Catalog.SumDeviceTimeAsync(_tenant, _march));
    }

    [Fact]
    public async Task PutAsync_DeviceTimeByManyAtOnce_IsCountedOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Catalog.PutAsync(Held("one", epoch: 1 + (number % 2), seconds: 10))));
        Assert.Equal(TimeSpan.FromSeconds(20), await Catalog.SumDeviceTimeAsync(_tenant, _march));
    }

    private DeviceTimeRow Held(string name, long epoch, double seconds) => new(Job(name).JobId, _march, epoch, Rows.Noon, TimeSpan.FromSeconds(seconds));
}
