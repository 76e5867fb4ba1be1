using Microsoft.Extensions.Options;
using Orleans;
using Ptune.Contracts.Identity;
using Ptune.Grains.Hosting;

namespace Ptune.Grains.Identity;

/// <summary>
/// The tenants as this silo knows them. With each look the weights and quotas in <see cref="JobsOptions.Tenants"/> become the tenants' own, and the silo's pools go by them from their next sweep on.
/// </summary>
public sealed class TenantBook(IGrainFactory grains, IOptions<JobsOptions> options)
{
    private volatile Dictionary<string, TenantView> _known = [];
    private volatile bool _hasLooked;

    private ITenantsGrain Grain => grains.GetGrain<ITenantsGrain>(ITenantsGrain.Key);

    /// <summary>Hands the tenants of the settings over, before the first look.</summary>
    public Task ImportAsync() =>
        Grain.Import(options.Value.Tenants.ToDictionary(tenant => tenant.Key, tenant => new TenantSettings(tenant.Value.Weight, tenant.Value.MaxRunning, tenant.Value.MaxQueued, Budget: tenant.Value.Budget)));

    public async Task RefreshAsync()
    {
        var all = await Grain.All();
        _known = all.ToDictionary(tenant => tenant.Name);
        _hasLooked = true;
        options.Value.Tenants = all.ToDictionary(tenant => tenant.Name, tenant => new TenantOptions
        {
            Weight = tenant.Settings.Weight,
            MaxRunning = tenant.Settings.MaxRunning,
            MaxQueued = tenant.Settings.MaxQueued,
            Budget = tenant.Settings.Budget,
        });
    }

    /// <summary>The tenants, as far as this silo knows.</summary>
    public IReadOnlyCollection<TenantView> All => _known.Values;

    /// <summary>Null: there is no such tenant. One that this silo does not know may be new: then it looks.</summary>
    public async ValueTask<TenantView?> FindAsync(string name)
    {
        if (_known.TryGetValue(name, out var known)) return known;
        await RefreshAsync();
        return _known.GetValueOrDefault(name);
    }

    /// <summary>What a tenant may have, as far as this silo knows: the last look is a few seconds old. Null: there is no such tenant.</summary>
    public async ValueTask<TenantSettings?> KnownAsync(string name)
    {
        if (!_hasLooked) await RefreshAsync();
        return Known(name);
    }

    /// <summary>As <see cref="KnownAsync"/>; null, too, before the first look.</summary>
    public TenantSettings? Known(string name) => _known.GetValueOrDefault(name)?.Settings;
}
