using Ptune.Contracts.Identity;

namespace Ptune.Contracts.Audit;

/// <summary>The chains of the audit trail: one for each tenant, and one for what belongs to no tenant.</summary>
public static class AuditChains
{
    /// <summary>Keys, tenants, workers, the store as a whole, and refused logins. No tenant can have this name.</summary>
    public const string System = "@system";

    /// <summary>What people call it. No tenant can get this name any more; in older stores there may be one.</summary>
    public const string SystemWord = "system";

    public static string OfTenant(string tenant) => JobIds.IsTenant(tenant) ? tenant : System;

    public static bool IsChain(string name) => name == System || JobIds.IsTenant(name);
}
