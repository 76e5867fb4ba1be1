using Ptune.Learning;

namespace Ptune.Executor.Hub;

/// <summary>Brings a model's files from the hub, or from the hub's cache on this machine, into a folder.</summary>
/// <param name="pause">Waits between two tries; null: by the clock.</param>
internal sealed class HubClient(HubSettings settings, Func<TimeSpan, CancellationToken, Task>? pause = null)
{
    /// <summary>
    /// Fetches a revision. The commit that it stands for is asked first, and then only that commit's files; each one's size and digest are checked. In the end the folder holds all of
    /// them, or is as it was.
    /// </summary>
    /// <param name="folder">It is not there, or empty.</param>
    /// <exception cref="DataException">Asking again would not help: no such repository, no access, no weights that can be used, other bytes than the hub tells; or connecting is not allowed and the cache lacks it.</exception>
    /// <exception cref="IOException">Another attempt may succeed: the hub is away or busy, the transfer broke off too often, the disk is full.</exception>
    public async Task<HubSnapshot> FetchAsync(HubReference reference, string folder, IProgress<HubProgress>? progress, CancellationToken cancellation)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new DataException($"{folder} is there already, and is not an empty folder.");
        PartialFolder.RemoveOld(settings.Folder, DateTime.UtcNow);
        var meter = new HubMeter(progress);
        var cache = settings.Cache is { } place ? new HubCache(place) : null;
        return settings.OfflineBy is { } setting
            ? await FromCacheAsync(cache, setting, reference, folder, meter, cancellation)
            : await FromHubAsync(cache, reference, folder, meter, cancellation);
    }

    private async Task<HubSnapshot> FromHubAsync(HubCache? cache, HubReference reference, string folder, HubMeter meter, CancellationToken cancellation)
    {
        var connection = new HubConnection(settings);
        var retries = new HubRetries(settings, pause ?? Task.Delay);
        var listing = await ListAsync();
        var source = new FetchedFiles(connection, retries, cache, reference, listing.Commit, meter);
        return await PlaceAllAsync(source, listing, reference, folder, meter, [], cancellation);

        async Task<HubListing> ListAsync()
        {
            try
            {
                return await retries.RunAsync(() => connection.ListAsync(reference, cancellation), cancellation);
            }
            catch (IOException error) when (cache?.Commit(reference) is { } commit)
            {
                throw new IOException($"{error.Message} The hub's cache {cache.Folder} has commit {commit} of it; with HF_HUB_OFFLINE=1 that is taken without asking the hub.", error);
            }
        }
    }

    private async Task<HubSnapshot> FromCacheAsync(HubCache? cache, string setting, HubReference reference, string folder, HubMeter meter, CancellationToken cancellation)
    {
        if (cache?.Commit(reference) is not { } commit)
        {
            throw new DataException(
                $"{reference} cannot be fetched: {setting} forbids to connect, and the hub's cache {(cache is null ? "is not known" : $"{cache.Folder} does not have it")}. "
                + $"Allow connections, or fill the cache where they are allowed: hf download {reference.Repository}{(reference.Revision is { } revision ? $" --revision {revision}" : "")}.");
        }
        var listing = new HubListing(commit, cache.Entries(reference, commit));
        var source = new CachedFiles(cache, reference, commit, meter);
        return await PlaceAllAsync(source, listing, reference, folder, meter,
            [$"{reference} was taken from the hub's cache {cache.Folder} without asking the hub: it has what was fetched into it, which may be less than the repository has."], cancellation);
    }

    private async Task<HubSnapshot> PlaceAllAsync(
        IHubSource source, HubListing listing, HubReference reference, string folder, HubMeter meter, IReadOnlyList<string> notes, CancellationToken cancellation)
    {
        var needed = new NeededFiles(listing.Entries, source.Place);
        using var partial = PartialFolder.Open(settings.Folder, reference, listing.Commit);
        var files = new List<HubFile>();
        foreach (var entry in needed.Small) files.Add(await PlaceAsync(entry));
        var weights = needed.Weights(partial.Path);
        meter.Total = files.Sum(file => file.Size) + weights.Sum(entry => entry.Size);
        RequireSpace(source, weights, partial.Path);
        foreach (var entry in weights) files.Add(await PlaceAsync(entry));
        RemoveOthers(partial.Path, files);
        partial.MoveTo(folder);
        return new HubSnapshot(reference.Repository, listing.Commit, [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)], notes);

        Task<HubFile> PlaceAsync(HubEntry entry)
        {
            cancellation.ThrowIfCancellationRequested();
            var path = Path.Combine(partial.Path, entry.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return source.PlaceAsync(entry, path, cancellation);
        }
    }

    /// <summary>Before gigabytes were fetched in vain.</summary>
    private static void RequireSpace(IHubSource source, IReadOnlyList<HubEntry> weights, string folder)
    {
        var here = Directory.EnumerateFiles(folder, "*.safetensors*").Sum(path => new FileInfo(path).Length);
        var wanted = weights.Sum(entry => entry.Size ?? 0) - here;
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (wanted > free) throw new IOException($"{source.Place} needs {wanted:N0} more bytes, and the disk of {folder} has {free:N0} free.");
    }

    // Left from an earlier version of this program, which chose otherwise.
    private static void RemoveOthers(string folder, List<HubFile> files)
    {
        var known = files.Select(file => Path.Combine(folder, file.Path)).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(path => !known.Contains(path))) File.Delete(path);
    }
}
