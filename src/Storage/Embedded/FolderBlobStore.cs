using System.Buffers;
using System.Runtime.CompilerServices;
using Ptune.Contracts.Stores;
using Ptune.Storage.Files;

namespace Ptune.Storage.Embedded;

/// <summary>
/// Blobs as files of a folder. A blob is written under a temporary name on the same file system, flushed to the disk, and then linked
/// to its own name, which succeeds for one writer only; several processes may share the folder.
/// A name cannot be a blob's and the beginning of another's up to a '/' at once.
/// </summary>
public sealed class FolderBlobStore : IBlobStore, IGrowingBlobs
{
    private const UnixFileMode Immutable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const int BufferBytes = 1 << 20;

    private readonly string _folder;
    private readonly UnfinishedFiles _unfinished;
    private readonly GrowingFiles _growing = new();

    /// <param name="folder">Made if it is not there. What writers that died left unfinished in it is removed.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public FolderBlobStore(string folder)
    {
        _folder = Path.GetFullPath(folder);
        _unfinished = new UnfinishedFiles(Path.Combine(_folder, ".unfinished"));
        Writing(_unfinished.RemoveAbandoned);
    }

    public async Task<bool> CreateAsync(string name, Stream content, CancellationToken cancellation = default)
    {
        var path = PathOf(name);
        if (File.Exists(path)) return false;
        string? unfinished = null;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            FileStream file = null!;
            Writing(() => file = _unfinished.Create(out unfinished));
            await using (file)
            {
                // An error of the source is the caller's, and passes as it is; an error of this store names its folder.
                while (await content.ReadAsync(buffer, cancellation) is var read and > 0)
                    Writing(() => file.Write(buffer, 0, read));
                var created = false;
                Writing(() =>
                {
                    file.Flush(flushToDisk: true);
                    if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file.SafeFileHandle, Immutable);
                    // Before it has its name: the framework's readers want a lock of their own, and who sees a blob may read it.
                    Posix.Unlock(file.SafeFileHandle);
                    created = Name(unfinished!, path);
                });
                return created;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (unfinished is not null) File.Delete(unfinished);
        }
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellation = default)
    {
        try
        {
            var file = new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16);
            return Task.FromResult<Stream?>(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        BlobName.ValidatePrefix(prefix);
        var start = new DirectoryInfo(Path.Combine(_folder, prefix[..(prefix.LastIndexOf('/') + 1)]));
        if (!start.Exists) yield break;
        await Task.CompletedTask;
        // The default options skip hidden names, and with them the unfinished files.
        var found = start.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true })
            .Select(file => (Name: Path.GetRelativePath(_folder, file.FullName), File: file))
            .Where(blob => blob.Name.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(blob => blob.Name, StringComparer.Ordinal);
        foreach (var (name, file) in found)
        {
            cancellation.ThrowIfCancellationRequested();
            // Deleted since it was enumerated: no blob any more.
            if (file.Exists) yield return new BlobEntry(name, file.Length, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero));
        }
    }

    public Task<bool> RenewAsync(string name, CancellationToken cancellation = default)
    {
        var path = PathOf(name);
        var isThere = false;
        Writing(() =>
        {
            try
            {
                File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
                isThere = true;
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                isThere = false;
            }
        });
        return Task.FromResult(isThere);
    }

    /// <summary>The file loses its name before its time is looked at: whoever renews it then finds none, and writes it anew.</summary>
    public Task<bool> DeleteAsync(string name, DateTimeOffset time, CancellationToken cancellation = default)
    {
        var path = PathOf(name);
        var isGone = false;
        Writing(() =>
        {
            if (!IsOld(path, time)) return;
            var aside = _unfinished.NewPath();
            try
            {
                File.Move(path, aside);
            }
            catch (FileNotFoundException)
            {
                return;
            }
            isGone = IsOld(aside, time);
            // Another may have written the same name meanwhile; then this copy is not needed.
            if (!isGone) Posix.Link(aside, path);
            File.Delete(aside);
        });
        return Task.FromResult(isGone);
    }

    public Task DeleteAsync(string name, CancellationToken cancellation = default)
    {
        var path = PathOf(name);
        Writing(() =>
        {
            if (File.Exists(path)) File.Delete(path);
        });
        return Task.CompletedTask;
    }

    public Task<bool> AppendAsync(string name, long offset, Stream content, CancellationToken cancellation = default)
    {
        var path = PathOf(name);
        Writing(() => Directory.CreateDirectory(Path.GetDirectoryName(path)!));
        return _growing.AppendAsync(path, offset, content, Writing, cancellation);
    }

    public Task<bool> RenameAsync(string name, string newName, CancellationToken cancellation = default)
    {
        var (path, newPath) = (PathOf(name), PathOf(newName));
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no blob '{name}'.", name);
        var isRenamed = false;
        Writing(() =>
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, Immutable);
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
            if (!(isRenamed = Name(path, newPath))) return;
            File.Delete(path);
        });
        return Task.FromResult(isRenamed);
    }

    public string? LocalPath(string name) => PathOf(name);

    private static bool IsOld(string path, DateTimeOffset time) => new FileInfo(path) is { Exists: true } file && file.LastWriteTimeUtc <= time.UtcDateTime;

    private string PathOf(string name) => Path.Combine(_folder, BlobName.Validate(name));

    /// <summary>Links the finished file to its name, and makes the name as durable as the bytes.</summary>
    private bool Name(string unfinished, string path)
    {
        var parent = Path.GetDirectoryName(path)!;
        var isNew = !Directory.Exists(parent);
        Directory.CreateDirectory(parent);
        if (!Posix.Link(unfinished, path)) return false;
        Posix.SyncFolder(parent);
        while (isNew && parent != _folder)
        {
            parent = Path.GetDirectoryName(parent)!;
            Posix.SyncFolder(parent);
        }
        return true;
    }

    private void Writing(Action write)
    {
        try
        {
            write();
        }
        // The last one is how the framework reports a file that may not grow further (EFBIG: a quota, or the file system's limit).
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            throw StoreFolder.Failure(_folder, e);
        }
    }
}
