using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Stores;
using Ptune.Storage.Files;

namespace Ptune.Storage.Artifacts;

/// <summary>Artifacts laid out as folders. One process at a time makes a folder; it appears whole, by a rename.</summary>
internal sealed class ArtifactFolders(IBlobStore blobs, TimeProvider time)
{
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(50);

    private readonly VerifiedFiles _verified = new();

    public async Task<string> MakeAsync(string digest, ArtifactManifest manifest, string cache, CancellationToken cancellation)
    {
        var folder = Path.Combine(cache, Digest.Hex(digest));
        // Also when it is there: another process may be about to remove it.
        using (await LockAsync(cache, digest, cancellation))
        {
            if (!IsComplete(folder, manifest)) await LayOutAsync(folder, manifest, cancellation);
        }
        foreach (var file in manifest.Files) await _verified.VerifyAsync(Path.Combine(folder, file.Path), file, cancellation);
        return folder;
    }

    public static bool TryRemove(string cache, string hex, Func<bool> isFree)
    {
        using var taken = FileLock.TryTake(LockOf(cache, hex), out _);
        if (taken is null || !isFree()) return false;
        Remove(Path.Combine(cache, hex));
        return true;
    }

    /// <summary>Whoever takes the lock writes into it.</summary>
    public static DateTime LastUse(string cache, string hex) => new FileInfo(LockOf(cache, hex)) is { Exists: true } file ? file.LastWriteTimeUtc : Directory.GetLastWriteTimeUtc(Path.Combine(cache, hex));

    /// <summary>Every file is there. Links lead into this store: another one's may go away at any time, and are laid out anew.</summary>
    private bool IsComplete(string folder, ArtifactManifest manifest) =>
        Directory.Exists(folder) && manifest.Files.All(file => IsThere(new FileInfo(Path.Combine(folder, file.Path)), file));

    private bool IsThere(FileInfo path, ArtifactFile file) =>
        path.Exists && (path.LinkTarget is not { } link || (link == blobs.LocalPath(BlobNames.Content(file.Digest)) && File.Exists(link)));

    private async Task LayOutAsync(string folder, ArtifactManifest manifest, CancellationToken cancellation)
    {
        // The lock is ours: an unfinished folder is a dead process's.
        var unfinished = folder + ".unfinished";
        Remove(unfinished);
        Directory.CreateDirectory(unfinished);
        try
        {
            foreach (var file in manifest.Files)
            {
                var path = Path.Combine(unfinished, file.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await LayOutAsync(file, path, cancellation);
            }
            Remove(folder);
            Directory.Move(unfinished, folder);
        }
        catch
        {
            Remove(unfinished);
            throw;
        }
    }

    private async Task LayOutAsync(ArtifactFile file, string path, CancellationToken cancellation)
    {
        var name = BlobNames.Content(file.Digest);
        if (blobs.LocalPath(name) is { } local)
        {
            await _verified.VerifyAsync(local, file, cancellation);
            File.CreateSymbolicLink(path, local);
            return;
        }
        await using var blob = await blobs.OpenAsync(name, cancellation)
            ?? throw new FileNotFoundException($"The artifact's file '{file.Path}' ({file.Digest}) is not in the store.", name);
        await using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var (digest, bytes) = await Hashing.CopyAsync(blob, target, cancellation);
        if (digest != file.Digest) throw new DigestMismatchException($"{name} ({file.Path})", file.Digest, digest, bytes);
    }

    private async Task<FileLock> LockAsync(string cache, string digest, CancellationToken cancellation)
    {
        var path = LockOf(cache, Digest.Hex(digest));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            if (FileLock.TryTake(path, out _) is { } taken) return taken;
            await Task.Delay(LockPoll, time, cancellation);
        }
    }

    private static string LockOf(string cache, string hex) => Path.Combine(cache, ".locks", hex);

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
