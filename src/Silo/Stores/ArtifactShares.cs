using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Stores;

namespace Ptune.Silo.Stores;

/// <summary>Which tenants besides its owner may use an artifact.</summary>
internal sealed class ArtifactShares(ICatalog catalog, IGrainFactory grains)
{
    /// <summary>Whether there is such a tenant, or all are meant.</summary>
    public async Task<bool> ExistsAsync(string with) => with == ShareRequest.All || (await TenantsAsync()).Contains(with);

    /// <summary>The tenants that it is shared with, in ordinal order; <see cref="ShareRequest.All"/> for all.</summary>
    /// <param name="row">The owner's.</param>
    /// <param name="cancellation">Stops the search.</param>
    public async Task<string[]> OfAsync(ArtifactRow row, CancellationToken cancellation)
    {
        var found = new List<string>();
        foreach (var tenant in (await TenantsAsync()).Append(ArtifactSharing.Everybody).Where(tenant => tenant != row.Owner()))
        {
            if (await catalog.FindArtifactAsync(tenant, row.Digest, cancellation) is not null) found.Add(tenant == ArtifactSharing.Everybody ? ShareRequest.All : tenant);
        }
        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>Lets a tenant, or all, use an artifact. Again changes nothing, but that an earlier call may have died before it was listed.</summary>
    public async Task<bool> AddAsync(ArtifactRow row, string with)
    {
        await catalog.PutAsync(row with { Tenant = RowOf(with) }, CancellationToken.None);
        if (with != ShareRequest.All) await catalog.PutAsync(row with { Tenant = ArtifactSharing.ListOf(with) }, CancellationToken.None);
        return true;
    }

    /// <summary>Takes it back. What was submitted before goes on.</summary>
    public async Task<bool> RemoveAsync(ArtifactRow row, string with)
    {
        // First: what is listed is shared, and a call that is repeated after a crash finds it shared still.
        if (with != ShareRequest.All) await catalog.RemoveArtifactAsync(ArtifactSharing.ListOf(with), row.Digest, CancellationToken.None);
        await catalog.RemoveArtifactAsync(RowOf(with), row.Digest, CancellationToken.None);
        return true;
    }

    private static string RowOf(string with) => with == ShareRequest.All ? ArtifactSharing.Everybody : with;

    private async Task<string[]> TenantsAsync() =>
        [.. (await grains.GetGrain<ITenantsGrain>(ITenantsGrain.Key).All()).Select(tenant => tenant.Name).Where(name => name != ShareRequest.All).Append(JobIds.DefaultTenant).Distinct()];
}
