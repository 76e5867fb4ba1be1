using Ptune.Contracts.Identity;

namespace Ptune.WebConsole.Sources;

/// <summary>Tenants, as far as the visitor may see them.</summary>
public interface ITenantSource
{
    /// <summary>By name, each with how its budget stands.</summary>
    /// <param name="http">The visitor's request.</param>
    /// <param name="after">The tenants whose names come after this one; empty: from the first.</param>
    /// <param name="most">How many at most.</param>
    Task<TenantView[]> PageAsync(HttpContext http, string after, int most);

    /// <summary>Null: there is no such tenant for this visitor.</summary>
    Task<TenantView?> FindAsync(HttpContext http, string name);

    /// <summary>The new tenant, or why there is none.</summary>
    Task<(TenantView? Created, string? Refusal)> CreateAsync(HttpContext http, string name);

    /// <summary>Replaces what a tenant may have.</summary>
    /// <returns>Why it was not; null when it was.</returns>
    Task<string?> SetAsync(HttpContext http, string name, TenantSettings settings);
}
