using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Registry;
using Ptune.Contracts.Stores;
using Ptune.Silo.Artifacts;

namespace Ptune.Silo.Stores;

/// <summary>Takes an artifact out of the store that nothing uses.</summary>
internal sealed class ArtifactRemoval(ICatalog catalog, IGrainFactory grains, Manifests manifests, ArtifactUses uses, IBlobStore blobs)
{
    /// <param name="row">The artifact.</param>
    /// <param name="withNames">The names that stand for it go, too; else they are uses.</param>
    /// <param name="by">Who asks, for the names' histories.</param>
    /// <param name="begin">Awaited when nothing uses it, before anything is removed.</param>
    /// <param name="cancellation">Stops before anything is removed; after that, what was begun is done.</param>
    /// <returns>What was removed, or what uses it.</returns>
    /// <exception cref="IOException">The store cannot be read or written. Asking again goes on.</exception>
    public async Task<(RemovedArtifact? Removed, IReadOnlyList<ArtifactUse> Uses)> RemoveAsync(ArtifactRow row, bool withNames, string? by, Func<Task> begin, CancellationToken cancellation)
    {
        if (await BlockersAsync(row, withNames, cancellation) is (_, { Count: > 0 } before)) return (null, before);
        await begin();
        // From here on no job is submitted and no name is set that needs it: both look for the row after they can be seen. Those that were before are found by looking again.
        await catalog.RemoveArtifactAsync(row.Tenant, row.Digest, CancellationToken.None);
        string[] names;
        try
        {
            (names, var meanwhile) = await BlockersAsync(row, withNames, CancellationToken.None);
            if (meanwhile.Count > 0)
            {
                await catalog.PutAsync(row, CancellationToken.None);
                return (null, meanwhile);
            }
        }
        catch
        {
            await catalog.PutAsync(row, CancellationToken.None);
            throw;
        }
        foreach (var name in names)
        {
            var (key, version) = RegistryKeys.Of(row.Tenant, name);
            await grains.GetGrain<IRegistryGrain>(key).Remove(version, row.Digest, by);
        }
        await grains.GetGrain<IJobGrain>(row.JobId).Discard(row.Digest);
        return (new RemovedArtifact(row.Digest, row.Kind, names, await RemoveBlobsAsync(row)), []);
    }

    private async Task<(string[] Names, List<ArtifactUse> Blockers)> BlockersAsync(ArtifactRow row, bool withNames, CancellationToken cancellation)
    {
        var names = await catalog.ListAliasesAsync(row.Tenant, cancellation).Where(a => a.Digest == row.Digest).Select(a => a.Alias).ToArrayAsync(cancellation);
        var found = await uses.FindAsync(row, names, cancellation);
        if (!withNames) found.InsertRange(0, names.Select(name => new ArtifactUse("name", name, $"the name {name} stands for it")));
        return (names, found);
    }

    /// <summary>
    /// The manifest and the files that are no other artifact's. A file that was renewed since the artifact was made stays: a job that is storing its result may have found it there.
    /// What stays so, or because the server died just now, is removed by a cleaning of the store.
    /// </summary>
    /// <returns>The bytes of what was removed.</returns>
    private async Task<long> RemoveBlobsAsync(ArtifactRow row)
    {
        // Its job was submitted again meanwhile, and has made it anew.
        if (await catalog.FindArtifactAsync(row.Tenant, row.Digest) is not null) return 0;
        if (await manifests.ReadAsync(row.Digest, CancellationToken.None) is not { } manifest) return 0;
        var own = manifest.Files.ToLookup(file => file.Digest);
        var shared = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var other in catalog.ListArtifactsAsync(null))
        {
            if (other.Digest == row.Digest || await manifests.ReadAsync(other.Digest, CancellationToken.None) is not { } theirs) continue;
            shared.UnionWith(theirs.Files.Select(file => file.Digest).Where(own.Contains));
            if (own.Contains(other.Digest)) shared.Add(other.Digest);
        }
        await blobs.DeleteAsync(BlobNames.Content(row.Digest));
        var freed = 0L;
        foreach (var file in own.Where(file => !shared.Contains(file.Key)))
        {
            if (await blobs.DeleteAsync(BlobNames.Content(file.Key), row.Created)) freed += file.First().Bytes;
        }
        return freed;
    }
}
