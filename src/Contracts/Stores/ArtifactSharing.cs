using Ptune.Contracts.Identity;

namespace Ptune.Contracts.Stores;

/// <summary>
/// An artifact belongs to the tenant of the job that made it. Another tenant that has a row of it, too, may read and use it, and so may everybody where <see cref="Everybody"/> has one.
/// </summary>
public static class ArtifactSharing
{
    /// <summary>The tenant of the row of an artifact that is shared with all. No tenant can have this name.</summary>
    public const string Everybody = "*";

    /// <summary>The tenant that an artifact belongs to.</summary>
    public static string Owner(this ArtifactRow row) => JobIds.IsWellFormed(row.JobId) ? JobIds.Tenant(row.JobId) : row.Tenant;

    /// <summary>Whether the row's tenant owns the artifact; otherwise it is shared with it.</summary>
    public static bool IsOwn(this ArtifactRow row) => row.Owner() == row.Tenant;

    /// <summary>An artifact that a tenant may use: its own, or one that is shared with it or with all.</summary>
    public static async Task<ArtifactRow?> FindUsableAsync(this ICatalog catalog, string tenant, string digest, CancellationToken cancellation) =>
        await catalog.FindArtifactAsync(tenant, digest, cancellation) ?? await catalog.FindArtifactAsync(Everybody, digest, cancellation);
}
