using Ptune.Grains.Hosting;

namespace Ptune.Grains.Pools.Index;

/// <summary>The tenants that have, or had, jobs in a pool.</summary>
internal sealed class Accounts(IReadOnlyDictionary<string, TenantOptions> tenants)
{
    private readonly Dictionary<string, Account> _byName = [];

    public IEnumerable<Account> All => _byName.Values;

    public Account Of(string tenant)
    {
        if (_byName.TryGetValue(tenant, out var account)) return account;
        var options = tenants.GetValueOrDefault(tenant) ?? new TenantOptions();
        account = new Account(tenant, options.Weight, options.MaxRunning, options.MaxQueued);
        _byName.Add(tenant, account);
        return account;
    }
}
