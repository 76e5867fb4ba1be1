using System.Net;
using Ptune.Learning;

namespace Ptune.Executor.Hub;

/// <summary>The files of a commit from the hub, each resumed where an earlier try broke off; what the hub's cache has already is copied from there.</summary>
internal sealed class FetchedFiles(HubConnection connection, HubRetries retries, HubCache? cache, HubReference reference, string commit, HubMeter meter) : IHubSource
{
    private const string Part = ".part";
    private const int BufferBytes = 1 << 18;

    public string Place => $"{reference.Repository} at {commit}";

    public async Task<HubFile> PlaceAsync(HubEntry entry, string path, CancellationToken cancellation)
    {
        if (Whole(entry, path, cancellation) is { } whole) return whole;
        if (await FromCacheAsync(entry, path, cancellation) is { } cached) return cached;
        for (var isAgain = false; ; isAgain = true)
        {
            var isResumed = File.Exists(path + Part);
            var told = await retries.RunAsync(() => FetchAsync(entry, path + Part, cancellation), cancellation);
            var digests = FileDigests.Of(path + Part, told.Digest, cancellation);
            if (digests.Match(told.Digest!))
            {
                File.Move(path + Part, path, overwrite: true);
                meter.End(entry.Path, told.Size!.Value);
                return new HubFile(entry.Path, told.Size.Value, digests.Sha256, IsFromCache: false);
            }
            File.Delete(path + Part);
            // What was left from before may have been damaged; a whole download is not.
            if (isAgain || !isResumed) throw new DataException($"{Name(entry)}: what came has the digest {(told.Digest!.IsSha256 ? digests.Sha256 : digests.GitBlob)}, but the hub tells {told.Digest}. It was changed on its way, or is damaged where it lies.");
        }
    }

    // Of an earlier fetch that did not come to its end.
    private HubFile? Whole(HubEntry entry, string path, CancellationToken cancellation)
    {
        if (!File.Exists(path)) return null;
        var digests = FileDigests.Of(path, entry.Digest, cancellation);
        var size = new FileInfo(path).Length;
        if (entry.Digest is not { } digest || !digests.Match(digest))
        {
            File.Delete(path);
            return null;
        }
        meter.End(entry.Path, size);
        return new HubFile(entry.Path, size, digests.Sha256, IsFromCache: false);
    }

    private async Task<HubFile?> FromCacheAsync(HubEntry entry, string path, CancellationToken cancellation)
    {
        if (entry.Digest is not { } digest || cache?.Blob(reference, digest) is not { } blob || (entry.Size is { } size && new FileInfo(blob).Length != size)) return null;
        var digests = await CachedFiles.CopyAsync(blob, path, entry, meter, cancellation);
        if (!digests.Match(digest))
        {
            // A damaged cache is no reason not to fetch.
            File.Delete(path);
            return null;
        }
        var copied = new FileInfo(path).Length;
        meter.End(entry.Path, copied);
        return new HubFile(entry.Path, copied, digests.Sha256, IsFromCache: true);
    }

    /// <summary>One try: the rest of a file.</summary>
    /// <returns>Size and digest, which the listing or the answer tells.</returns>
    private async Task<HubEntry> FetchAsync(HubEntry entry, string part, CancellationToken cancellation)
    {
        await using var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        if (file.Length > entry.Size) file.SetLength(0);
        if (file.Length == entry.Size && entry.Digest is not null) return entry;
        using var answer = await connection.OpenAsync(reference, commit, entry.Path, file.Length, cancellation);
        var offset = Begin(answer, file, entry);
        var told = Told(entry, answer, offset);
        if (file.Length != offset) file.SetLength(offset);
        file.Seek(offset, SeekOrigin.Begin);
        await using var content = await answer.Response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[BufferBytes];
        try
        {
            for (int read; (read = await connection.ReadAsync(content, buffer, Name(entry), file.Position, cancellation)) > 0;)
            {
                if (file.Position + read > told.Size) throw Longer(file, told);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
                meter.At(entry.Path, file.Position);
            }
        }
        catch (HubTroubleException trouble)
        {
            throw new HubTroubleException(trouble.Message, trouble.After, file.Position - offset, trouble);
        }
        if (file.Position < told.Size) throw new HubTroubleException($"{Name(entry)}: the transfer ended after {file.Position:N0} of {told.Size:N0} bytes.", brought: file.Position - offset);
        file.Flush(flushToDisk: true);
        return told;
    }

    /// <summary>Where the answer's bytes go to.</summary>
    private static long Begin(HubAnswer answer, FileStream file, HubEntry entry)
    {
        if (answer.Status == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            file.SetLength(0);
            throw new HubTroubleException($"{Name(entry)}: the hub has fewer bytes than came before; the file is fetched from its beginning.");
        }
        if (answer.Status != HttpStatusCode.PartialContent) return 0;
        return answer.Response.Content.Headers.ContentRange?.From == file.Length
            ? file.Length
            : throw new DataException($"{Name(entry)}: {HubRefusals.Place(answer.Response)} answered with another part of the file than was asked for.");
    }

    /// <summary>Size and digest; where listing and answer disagree, nothing can be believed.</summary>
    private static HubEntry Told(HubEntry entry, HubAnswer answer, long offset)
    {
        var headers = answer.Response.Content.Headers;
        var length = headers.ContentRange?.Length ?? headers.ContentLength + offset;
        var size = entry.Size ?? answer.Facts.Size ?? length;
        foreach (var other in new[] { answer.Facts.Size, length })
        {
            if (other is not null && other != size) throw new DataException($"{Name(entry)}: the hub tells {size:N0} bytes, but {HubRefusals.Place(answer.Response)} answers with {other:N0}.");
        }
        return (size, entry.Digest ?? answer.Facts.Digest) switch
        {
            ({ } known, { } digest) => new HubEntry(entry.Path, known, digest),
            _ => throw new DataException($"{Name(entry)}: {HubRefusals.Place(answer.Response)} tells no size or no digest, so that what comes cannot be checked. Use the hub itself or another mirror (HF_ENDPOINT)."),
        };
    }

    private static DataException Longer(FileStream file, HubEntry told)
    {
        file.SetLength(0);
        return new DataException($"{Name(told)}: more than the {told.Size:N0} bytes came that the hub tells.");
    }

    private static string Name(HubEntry entry) => HubText.Shown(entry.Path);
}
