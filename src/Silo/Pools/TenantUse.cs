using Ptune.Contracts.Identity;

namespace Ptune.Silo.Pools;

/// <summary>Tenants with how their accounts of device-hours stand.</summary>
internal static class TenantUse
{
    private const int AtOnce = 16;

    public static async Task<TenantView> OfAsync(IGrainFactory grains, TenantView tenant) =>
        tenant with { Use = await grains.GetGrain<IBudgetGrain>(tenant.Name).Get(tenant.Settings.Budget) };

    public static async Task<TenantView[]> OfAsync(IGrainFactory grains, IEnumerable<TenantView> tenants)
    {
        var all = new List<TenantView>();
        foreach (var some in tenants.Chunk(AtOnce)) all.AddRange(await Task.WhenAll(some.Select(tenant => OfAsync(grains, tenant))));
        return [.. all];
    }
}
