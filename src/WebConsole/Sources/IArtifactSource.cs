using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Stores;

namespace Ptune.WebConsole.Sources;

/// <summary>What is known of artifacts beyond their rows.</summary>
public interface IArtifactSource
{
    /// <summary>Null when the store does not hold it.</summary>
    Task<ArtifactManifest?> ManifestAsync(string digest, CancellationToken cancellation);

    /// <summary>A named model, patch or reward as the API shows it.</summary>
    Task<ModelView> NamedAsync(AliasRow alias, ArtifactRow row, CancellationToken cancellation);

    /// <summary>What a name, a digest or a digest's beginning stands for; null: nothing, or several.</summary>
    Task<ArtifactRow?> FindAsync(string tenant, string reference, CancellationToken cancellation);

    /// <summary>The tenants that an artifact of one's own is shared with; <see cref="ShareRequest.All"/> stands for all.</summary>
    Task<string[]> SharedWithAsync(ArtifactRow row, CancellationToken cancellation);

    /// <summary>Lets a tenant, or all, use an artifact; null, or why not.</summary>
    Task<string?> ShareAsync(HttpContext http, string digest, string with);

    /// <summary>Takes it back; null, or why not.</summary>
    Task<string?> UnshareAsync(HttpContext http, string digest, string with);
}
