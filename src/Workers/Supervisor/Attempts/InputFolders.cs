using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Storage.Artifacts;

namespace Ptune.Supervisor.Attempts;

/// <summary>A lease's input artifacts, laid out as folders of the worker's cache.</summary>
internal sealed class InputFolders(ArtifactStore artifacts, string cache, CacheRoom room)
{
    /// <param name="lease">The lease.</param>
    /// <param name="attempt">Keeps them for as long as it is there.</param>
    /// <param name="log">Gets a line where something had to go.</param>
    /// <param name="cancellation">Stops a download.</param>
    /// <returns>Role to folder.</returns>
    /// <exception cref="AttemptException">An input is missing or damaged.</exception>
    public async Task<Dictionary<string, string>> LayOutAsync(Lease lease, AttemptFolder attempt, Action<string> log, CancellationToken cancellation)
    {
        foreach (var name in lease.Inputs.Values.Select(Digest.Hex).Concat(lease.Spec.Uploads()).Distinct()) attempt.Use(name);
        if (room.IsLimited) await MakeRoomAsync(lease, log, cancellation);
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (role, digest) in lease.Inputs) folders[role] = await LayOutAsync(role, digest, cancellation);
        return folders;
    }

    /// <summary>Digests of the artifacts that need not be fetched.</summary>
    public string[] Warm() => Directory.Exists(cache)
        ? [.. Directory.EnumerateDirectories(cache).Select(folder => Path.GetFileName(folder)).Where(IsHex).Select(name => Digest.Prefix + name)]
        : [];

    private async Task MakeRoomAsync(Lease lease, Action<string> log, CancellationToken cancellation)
    {
        var removed = room.Make(await BytesToFetchAsync(lease, cancellation));
        if (removed.Count > 0) log($"The worker's cache was full: {removed.Count:N0} {(removed.Count == 1 ? "entry" : "entries")} ({removed.Bytes / 1e6:N1} MB) that no job had used for the longest time {(removed.Count == 1 ? "was" : "were")} removed");
    }

    /// <summary>Of inputs that are not here; one that the store lacks is told of when it is laid out.</summary>
    private async Task<long> BytesToFetchAsync(Lease lease, CancellationToken cancellation)
    {
        var bytes = 0L;
        foreach (var digest in lease.Inputs.Values.Distinct().Where(digest => !Directory.Exists(FolderOf(digest))))
        {
            try
            {
                bytes += (await artifacts.GetManifestAsync(digest, cancellation)).Files.Sum(file => file.Bytes);
            }
            catch (Exception e) when (e is FileNotFoundException or DigestMismatchException or ArgumentException)
            {
            }
        }
        return bytes;
    }

    private async Task<string> LayOutAsync(string role, string digest, CancellationToken cancellation)
    {
        try
        {
            try
            {
                return await artifacts.MaterializeAsync(digest, cache, cancellation);
            }
            catch (DigestMismatchException) when (Directory.Exists(FolderOf(digest)))
            {
                // The copy here may be what is damaged; the store's is asked once more.
                Directory.Delete(FolderOf(digest), recursive: true);
                return await artifacts.MaterializeAsync(digest, cache, cancellation);
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DigestMismatchException or ArgumentException)
        {
            throw new AttemptException(FailureCause.Invalid, $"The input '{role}' ({digest}) cannot be used: {e.Message}", e);
        }
    }

    private string FolderOf(string digest) => Path.Combine(cache, Digest.Hex(digest));

    private static bool IsHex(string name) => name.Length == 64 && name.All(char.IsAsciiHexDigitLower);
}
