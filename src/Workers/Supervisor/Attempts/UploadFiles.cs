using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Storage.Artifacts;
using Ptune.Storage.Files;

namespace Ptune.Supervisor.Attempts;

/// <summary>
/// Files that clients have sent to the store, on this machine under their digests, where the executor looks for a data set's files first: <c>files/SHA256</c> in the folder of data sets.
/// Several workers may share that folder.
/// </summary>
/// <param name="blobs">The store.</param>
/// <param name="dataFolder">The folder of data sets.</param>
/// <param name="time">For waiting while another worker fetches the same file.</param>
internal sealed class UploadFiles(IBlobStore blobs, string dataFolder, TimeProvider time)
{
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(100);

    private readonly string _folder = Path.Combine(dataFolder, "files");

    /// <summary>Sees to it that the files are there. Those that are there already are not read again: whoever opens one checks its digest.</summary>
    /// <param name="digests">SHA-256 digests, 64 hexadecimal digits each.</param>
    /// <param name="cancellation">Stops a transfer, which the next call takes up where it ended.</param>
    /// <exception cref="AttemptException">One is not in the store, or is damaged there.</exception>
    /// <exception cref="IOException">The store does not answer, or the folder cannot be written: another attempt may succeed.</exception>
    public async Task LayOutAsync(IEnumerable<string> digests, CancellationToken cancellation)
    {
        foreach (var sha256 in digests.Distinct(StringComparer.Ordinal)) await LayOutAsync(sha256, cancellation);
    }

    private async Task LayOutAsync(string sha256, CancellationToken cancellation)
    {
        var path = Path.Combine(_folder, sha256);
        if (IsThere(path)) return;
        Directory.CreateDirectory(_folder);
        var name = BlobNames.Content(Digest.Prefix + sha256);
        using var _ = await LockAsync(path, cancellation);
        if (IsThere(path)) return;
        File.Delete(path);
        if (blobs.LocalPath(name) is { } local)
        {
            if (!File.Exists(local)) throw Missing(sha256);
            File.CreateSymbolicLink(path, local);
            return;
        }
        await FetchAsync(sha256, name, path, cancellation);
    }

    /// <summary>A link whose file has gone is none.</summary>
    private static bool IsThere(string path) => new FileInfo(path) is { Exists: true } file && (file.LinkTarget is null || file.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true });

    /// <summary>Goes on after the bytes that an earlier transfer has left.</summary>
    private async Task FetchAsync(string sha256, string name, string path, CancellationToken cancellation)
    {
        await using var blob = await blobs.OpenAsync(name, cancellation) ?? throw Missing(sha256);
        var partial = path + ".partial";
        await using (var file = new FileStream(partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0))
        {
            if (file.Length > blob.Length) file.SetLength(0);
            blob.Position = file.Length;
            file.Position = file.Length;
            await blob.CopyToAsync(file, 1 << 20, cancellation);
            file.Flush(flushToDisk: true);
            file.Position = 0;
            var found = await Digest.OfAsync(file, cancellation);
            if (found != Digest.Prefix + sha256)
            {
                file.SetLength(0);
                throw Invalid(sha256, $"the store's copy has been truncated or changed: its digest is {found}");
            }
        }
        File.Move(partial, path, overwrite: true);
    }

    private async Task<FileLock> LockAsync(string path, CancellationToken cancellation)
    {
        while (true)
        {
            if (FileLock.TryTake(path + ".lock", out var _) is { } taken) return taken;
            await Task.Delay(LockPoll, time, cancellation);
        }
    }

    private static AttemptException Missing(string sha256) => Invalid(sha256, "it is not in the store; it may have been removed as unused. Send it again, and submit again");

    private static AttemptException Invalid(string sha256, string why) => new(FailureCause.Invalid, $"The uploaded file with the SHA-256 {sha256} cannot be used: {why}.");
}
