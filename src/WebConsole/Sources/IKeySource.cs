using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;

namespace Ptune.WebConsole.Sources;

/// <summary>API keys, as far as the visitor may handle them.</summary>
public interface IKeySource
{
    Task<ApiKeyView[]> ListAsync(HttpContext http);

    /// <summary>The new key, which is told this once; or why there is none.</summary>
    Task<(ApiKeyCreated? Created, string? Refusal)> CreateAsync(HttpContext http, ApiKeyRequest request);

    /// <summary>Null: there is no such key for this visitor.</summary>
    Task<ApiKeyView?> RevokeAsync(HttpContext http, string id);
}
