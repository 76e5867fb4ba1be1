using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Grains.Identity;

namespace Ptune.Silo.Security;

/// <summary>API keys: make, list, revoke. It decides nothing about who may; its callers do.</summary>
internal sealed class ApiKeys(IGrainFactory grains, ApiKeyRevocation revocation, TimeProvider time)
{
    /// <summary>Questions to grains at a time.</summary>
    private const int AtOnce = 64;

    /// <summary>Null: there are as many keys as there may be.</summary>
    public async Task<ApiKeyCreated?> CreateAsync(Role role, string tenant, string? name, TimeSpan? lifetime, string by)
    {
        while (true)
        {
            var text = ApiKeyText.New();
            // The index first: a key that is cut off here is listed nowhere and opens nothing.
            if (!await grains.GetGrain<IApiKeyIndexGrain>(IApiKeyIndexGrain.Key).Add(new ApiKeyPlace(text.Id, tenant))) return null;
            var creation = new ApiKeyCreation(text.Hash(), name ?? text.Id, tenant, role, time.GetUtcNow() + lifetime, by);
            if (await grains.GetGrain<IApiKeyGrain>(text.Id).Create(creation) is { } view) return new ApiKeyCreated(text.Reveal(), view);
        }
    }

    /// <param name="tenant">Null: of all tenants.</param>
    public async Task<ApiKeyView[]> ListAsync(string? tenant)
    {
        var views = new List<ApiKeyView>();
        foreach (var ids in (await grains.GetGrain<IApiKeyIndexGrain>(IApiKeyIndexGrain.Key).List(tenant)).Distinct().Chunk(AtOnce))
            views.AddRange((await Task.WhenAll(ids.Select(FindAsync))).OfType<ApiKeyView>().Where(view => tenant is null || view.Tenant == tenant));
        return [.. views];
    }

    public async Task<ApiKeyView?> FindAsync(string id) => ApiKeyText.IsId(id) ? (await grains.GetGrain<IApiKeyGrain>(id).Find())?.Key : null;

    /// <summary>When it returns, no silo lets the key in.</summary>
    public Task<ApiKeyView?> RevokeAsync(string id, string by) => revocation.RevokeAsync(id, by);
}
