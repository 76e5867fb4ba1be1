using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Grains.Identity;
using Ptune.Silo.Audit;
using Ptune.Silo.Http;
using Ptune.Silo.Pools;
using Ptune.Silo.Security;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.ConsolePages;

/// <summary>Tenants as the API handles them.</summary>
internal sealed class TenantSource(IGrainFactory grains, TenantBook book, AuditLog audit) : ITenantSource
{
    public async Task<TenantView[]> PageAsync(HttpContext http, string after, int most)
    {
        var all = await grains.GetGrain<ITenantsGrain>(ITenantsGrain.Key).All();
        return await TenantUse.OfAsync(grains, all.Where(tenant => http.Caller().HasTenant(tenant.Name) && string.CompareOrdinal(tenant.Name, after) > 0).Take(most));
    }

    public async Task<TenantView?> FindAsync(HttpContext http, string name) =>
        (await TenantEndpoints.Get(http, name, grains)).Result is Ok<TenantView> { Value: { } found } ? found : null;

    public async Task<(TenantView? Created, string? Refusal)> CreateAsync(HttpContext http, string name) => (await TenantEndpoints.Create(http, new TenantRequest(name), grains, book, audit)).Result switch
    {
        Created<TenantView> { Value: { } created } => (created, null),
        var refused => (null, Refusals.Of(refused)),
    };

    public async Task<string?> SetAsync(HttpContext http, string name, TenantSettings settings) =>
        (await TenantEndpoints.Set(http, name, settings, grains, book, audit)).Result is { } result && result is not Ok<TenantView> ? Refusals.Of(result) : null;
}
