using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Storage.Artifacts;

namespace Ptune.Supervisor.Attempts;

/// <summary>A lease's input artifacts, laid out as folders of the worker's cache.</summary>
internal sealed class InputFolders(ArtifactStore artifacts, string cache)
{
    /// <returns>Role to folder.</returns>
    /// <exception cref="AttemptException">An input is missing or damaged.</exception>
    public async Task<Dictionary<string, string>> LayOutAsync(Lease lease, CancellationToken cancellation)
    {
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (role, digest) in lease.Inputs) folders[role] = await LayOutAsync(role, digest, cancellation);
        return folders;
    }

    /// <summary>Digests of the artifacts that need not be fetched.</summary>
    public string[] Warm() => Directory.Exists(cache)
        ? [.. Directory.EnumerateDirectories(cache).Select(folder => Path.GetFileName(folder)).Where(IsHex).Select(name => Digest.Prefix + name)]
        : [];

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
