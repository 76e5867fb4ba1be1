using Ptune.Contracts.Audit;
using Ptune.Contracts.Identity;

namespace Ptune.Silo.Audit;

/// <summary>Which chains there are, and which of them a caller may see.</summary>
internal sealed class AuditChainList(IGrainFactory grains)
{
    /// <param name="caller">Admins see all chains, others that of their tenant.</param>
    /// <param name="wanted">One chain, "system" for the system's; null: all that the caller may see.</param>
    /// <returns>Null: there is no such chain for this caller.</returns>
    public async Task<string[]?> OfAsync(Caller caller, string? wanted)
    {
        var isAdmin = caller.HasAllTenants && caller.Is(Role.Admin);
        if (isAdmin && wanted?.Equals(AuditChains.SystemWord, StringComparison.OrdinalIgnoreCase) == true) wanted = AuditChains.System;
        if (!isAdmin) return wanted is null || wanted == caller.Tenant ? [caller.Tenant] : null;
        if (wanted is not null) return AuditChains.IsChain(wanted) ? [wanted] : null;
        return [AuditChains.System, .. (await AllButSystemAsync()).Order(StringComparer.Ordinal)];
    }

    public Task<string[]> AllButSystemAsync() => grains.GetGrain<IAuditChainGrain>(AuditChains.System).Chains();

    public Task<AuditHead> HeadAsync(string chain) => grains.GetGrain<IAuditChainGrain>(chain).Head();
}
