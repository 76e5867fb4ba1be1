using Ptune.Grains.Hosting;

namespace Ptune.Grains.Pools.Index;

/// <summary>The tenants that have, or had, jobs in a pool.</summary>
/// <param name="tenants">What they may have, at the moment.</param>
internal sealed class Accounts(Func<IReadOnlyDictionary<string, TenantOptions>> tenants)
{
    private readonly Dictionary<string, Account> _byName = [];

    public IEnumerable<Account> All => _byName.Values;

    public Account Of(string tenant)
    {
        if (_byName.TryGetValue(tenant, out var account)) return account;
        account = new Account(tenant, OptionsOf(tenant));
        _byName.Add(tenant, account);
        return account;
    }

    /// <summary>Goes by what the tenants may have now.</summary>
    public void Refresh()
    {
        foreach (var account in _byName.Values) account.Options = OptionsOf(account.Name);
    }

    private TenantOptions OptionsOf(string tenant) => tenants().GetValueOrDefault(tenant) ?? new TenantOptions();
}
