using Ptune.Learning;
using Ptune.Storage.Files;

namespace Ptune.Executor.Hub;

/// <summary>The files of a commit from the hub's cache, without the hub.</summary>
internal sealed class CachedFiles(HubCache cache, HubReference reference, string commit, HubMeter meter) : IHubSource
{
    private const int BufferBytes = 1 << 20;

    public string Place => $"{reference.Repository} at {commit} in the hub's cache {cache.Folder}";

    public async Task<HubFile> PlaceAsync(HubEntry entry, string path, CancellationToken cancellation)
    {
        var source = cache.FileOf(reference, commit, entry.Path);
        var digests = await CopyAsync(source, path, entry, meter, cancellation);
        if (entry.Digest is { } digest && !digests.Match(digest))
        {
            File.Delete(path);
            throw new DataException($"{source} is damaged: it is named by its content, {digest}, and has another. Remove it, and fetch {reference.Repository} again.");
        }
        var size = new FileInfo(path).Length;
        meter.End(entry.Path, size);
        return new HubFile(entry.Path, size, digests.Sha256, IsFromCache: true);
    }

    /// <summary>Copies a file of the cache.</summary>
    /// <returns>What was copied, as it was read again.</returns>
    internal static async Task<FileDigests> CopyAsync(string source, string path, HubEntry entry, HubMeter meter, CancellationToken cancellation)
    {
        await using (var from = RegularFile.Open(source))
        await using (var to = new FileStream(path, FileMode.Create, FileAccess.Write))
        {
            var buffer = new byte[BufferBytes];
            for (int read; (read = from.Read(buffer)) > 0;)
            {
                await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
                meter.At(entry.Path, to.Position);
            }
        }
        return FileDigests.Of(path, entry.Digest, cancellation);
    }
}
