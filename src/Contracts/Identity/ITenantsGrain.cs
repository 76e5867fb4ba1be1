namespace Ptune.Contracts.Identity;

/// <summary>The tenants; there is one such grain, with the key <see cref="Key"/>.</summary>
[Alias("ptune.ITenantsGrain")]
public interface ITenantsGrain : IGrainWithStringKey
{
    /// <summary>The one key.</summary>
    const string Key = "tenants";

    /// <summary>How many tenants there may be.</summary>
    const int Most = 1000;

    /// <summary>All tenants, by name.</summary>
    [Alias("All")]
    Task<TenantView[]> All();

    /// <summary>Makes a tenant; null when there is one of this name, or as many as there may be.</summary>
    [Alias("Create")]
    Task<TenantView?> Create(string name, TenantSettings settings, string by);

    /// <summary>Replaces what a tenant may have; null when there is none of this name.</summary>
    [Alias("Set")]
    Task<TenantView?> Set(string name, TenantSettings settings, string by);

    /// <summary>Takes over the tenants of the settings, where nothing was ever written here; otherwise what is here stays.</summary>
    [Alias("Import")]
    Task Import(Dictionary<string, TenantSettings> settings);
}
