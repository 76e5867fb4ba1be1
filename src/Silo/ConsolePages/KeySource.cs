using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Grains.Identity;
using Ptune.Silo.Audit;
using Ptune.Silo.Http;
using Ptune.Silo.Security;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.ConsolePages;

/// <summary>API keys as the API handles them.</summary>
internal sealed class KeySource(ApiKeys keys, AuditLog audit, TenantBook tenants) : IKeySource
{
    public async Task<ApiKeyView[]> ListAsync(HttpContext http) => (await KeyEndpoints.List(http, keys, tenant: null)).Result is Ok<ApiKeyView[]> { Value: { } views } ? views : [];

    public async Task<(ApiKeyCreated? Created, string? Refusal)> CreateAsync(HttpContext http, ApiKeyRequest request) => (await KeyEndpoints.Create(http, request, keys, audit, tenants)).Result switch
    {
        Created<ApiKeyCreated> { Value: { } created } => (created, null),
        var refused => (null, Refusals.Of(refused)),
    };

    public async Task<ApiKeyView?> RevokeAsync(HttpContext http, string id) => (await KeyEndpoints.Revoke(http, id, keys, audit)).Result is Ok<ApiKeyView> { Value: { } revoked } ? revoked : null;
}
