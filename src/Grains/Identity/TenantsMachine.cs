using Ptune.Contracts.Identity;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Identity;

/// <summary>The tenants as a pure function.</summary>
internal static class TenantsMachine
{
    /// <summary>Who has made the tenants of the settings.</summary>
    public const string Importer = "settings";

    public static Decision<TenantsState, TenantView?> Create(TenantsState? state, string name, TenantSettings settings, string by, DateTimeOffset now)
    {
        if (Find(state, name) is not null || state?.Tenants.Length >= ITenantsGrain.Most) return new(state, null);
        var tenant = new TenantView(name, settings, now, now, by);
        return new(With(state, tenant), tenant);
    }

    public static Decision<TenantsState, TenantView?> Set(TenantsState? state, string name, TenantSettings settings, string by, DateTimeOffset now)
    {
        if (Find(state, name) is not { } known) return new(state, null);
        var tenant = known with { Settings = settings, Updated = now, By = by };
        return new(With(state, tenant), tenant);
    }

    /// <summary>Once, before anything else was written: from then on the objects count, and not the settings.</summary>
    public static Decision<TenantsState, bool> Import(TenantsState? state, IReadOnlyDictionary<string, TenantSettings> settings, DateTimeOffset now) =>
        state is not null || settings.Count == 0
            ? new(state, false)
            : new(settings.Aggregate((TenantsState?)null, (next, tenant) => With(next, new TenantView(tenant.Key, tenant.Value, now, now, Importer))), true);

    private static TenantView? Find(TenantsState? state, string name) => state is null ? null : Array.Find(state.Tenants, tenant => tenant.Name == name);

    private static TenantsState With(TenantsState? state, TenantView tenant)
    {
        state ??= new TenantsState();
        return state with
        {
            Tenants = [.. state.Tenants.Where(known => known.Name != tenant.Name).Append(tenant).OrderBy(known => known.Name, StringComparer.Ordinal)],
            Version = state.Version + 1,
        };
    }
}
