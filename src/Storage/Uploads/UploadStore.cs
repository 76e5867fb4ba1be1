using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Uploads;

/// <summary>
/// Files that clients send, each under the SHA-256 of its bytes, in parts that may come over several connections. A part is stored as it arrives. When all are
/// there they become one content blob (<see cref="BlobNames.Content"/>), which anyone reads from <see cref="IBlobStore"/>, if the digest is right. No file is held in memory.
/// Where blobs can grow, there is one part only, which gets the content's name in the end; what arrived in one request need not be read again for its digest, and nothing is copied.
/// </summary>
public sealed class UploadStore(IBlobStore blobs, UploadLimits limits)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<UploadResult>>> _finishing = new(StringComparer.Ordinal);
    private readonly IGrowingBlobs? _growing = blobs as IGrowingBlobs;

    public UploadLimits Limits => limits;

    public async Task<UploadStanding> FindAsync(string tenant, string sha256, CancellationToken cancellation = default)
    {
        if (await MayReadAsync(tenant, sha256, cancellation))
        {
            await using var content = await blobs.OpenAsync(ContentName(sha256), cancellation);
            if (content is not null) return UploadStanding.Complete(content.Length);
        }
        var pieces = await PiecesAsync(tenant, sha256, cancellation);
        return pieces.Count == 0 ? default : new UploadStanding(pieces[^1].End, pieces[0].Total, IsComplete: false);
    }

    /// <summary>Whether the tenant may read this content by its digest: where tenants are kept apart, only what it has sent itself.</summary>
    public async Task<bool> MayReadAsync(string tenant, string sha256, CancellationToken cancellation = default)
    {
        if (!limits.OwnOnly) return true;
        await foreach (var _ in blobs.ListAsync($"{BlobNames.UploadsOf(tenant)}{sha256}-", cancellation)) return true;
        return false;
    }

    /// <summary>Takes the bytes that come next. Those that have arrived when the sender breaks off are kept.</summary>
    /// <param name="tenant">Whose upload it is.</param>
    /// <param name="sha256">The digest of the whole, 64 hexadecimal digits.</param>
    /// <param name="offset">Where the bytes begin in the whole.</param>
    /// <param name="total">The length of the whole.</param>
    /// <param name="content">The bytes; no more than <paramref name="total"/> allows are read.</param>
    /// <param name="cancellation">The sender has gone.</param>
    /// <returns>What is there now. With the last bytes the digest is checked; a wrong one leaves nothing.</returns>
    /// <exception cref="IOException">The store is full or cannot be written.</exception>
    public async Task<UploadResult> AppendAsync(string tenant, string sha256, long offset, long total, Stream content, CancellationToken cancellation = default)
    {
        if (total > limits.File) return Refused(default, UploadRefusal.TooLarge, $"The file has {total:N0} bytes, but an upload may have at most {limits.File:N0}.");
        // Renewed, so that it stays until the job that needs it is there.
        if (await MayReadAsync(tenant, sha256, cancellation) && await blobs.RenewAsync(ContentName(sha256), cancellation) && await FindAsync(tenant, sha256, cancellation) is { IsComplete: true } there)
        {
            return there.Total == total ? await CompletedAsync(tenant, sha256, total, CancellationToken.None)
                : Refused(there, UploadRefusal.OtherTotal, $"The file with this digest has {there.Total:N0} bytes, not {total:N0}.");
        }
        var pieces = await PiecesAsync(tenant, sha256, cancellation);
        var end = pieces.Count == 0 ? 0 : pieces[^1].End;
        var standing = pieces.Count == 0 ? default : new UploadStanding(end, pieces[0].Total, IsComplete: false);
        if (pieces.Count > 0 && pieces[0].Total != total)
            return Refused(standing, UploadRefusal.OtherTotal, $"An unfinished upload of this digest has {pieces[0].Total:N0} bytes in all, not {total:N0}. Delete it, or send its rest.");
        if (offset != end) return Refused(standing, UploadRefusal.WrongOffset, $"The upload goes on at byte {end:N0}, not at {offset:N0}.");
        if (pieces.Count == 0 && await OverQuotaAsync(tenant, total, cancellation) is { } problem) return Refused(standing, UploadRefusal.OverQuota, problem);
        var growing = pieces.Count <= 1 ? _growing : null;
        using var hash = growing is not null && offset == 0 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        end = await ReceiveAsync(tenant, sha256, offset, total, content, growing, hash, cancellation);
        if (end < total) return new UploadResult(new UploadStanding(end, total, IsComplete: false));
        // A sender that has sent all and has gone since is answered by its next question.
        return await FinishAsync(tenant, sha256, total, hash is null ? null : Digest.Of(hash));
    }

    /// <summary>Removes what there is of an unfinished upload.</summary>
    public async Task DiscardAsync(string tenant, string sha256, CancellationToken cancellation = default)
    {
        await foreach (var blob in blobs.ListAsync(BlobNames.UploadPiecesOf(tenant, sha256), cancellation)) await blobs.DeleteAsync(blob.Name, cancellation);
    }

    /// <summary>The whole uploads of all tenants, whose bytes are content: name of their blobs, digest, length, and the time of the last request for them.</summary>
    public async IAsyncEnumerable<WholeUpload> ListAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var blob in blobs.ListAsync(BlobNames.Uploads, cancellation))
        {
            if (WholeUpload.Of(blob) is { } upload) yield return upload;
        }
    }

    private async Task<long> ReceiveAsync(string tenant, string sha256, long offset, long total, Stream content, IGrowingBlobs? growing, IncrementalHash? hash, CancellationToken cancellation)
    {
        while (offset < total)
        {
            await using var piece = await ArrivingPiece.StartAsync(content, Math.Min(limits.Piece, total - offset), hash, cancellation);
            if (piece.Arrived == 0) break;
            // Only reading ends with the sender: what has arrived is stored all the same.
            var isTaken = growing is null
                ? await blobs.CreateAsync(BlobNames.UploadPiece(tenant, sha256, total, offset), piece, CancellationToken.None)
                : await growing.AppendAsync(BlobNames.UploadPiece(tenant, sha256, total, offset: 0), offset, piece, CancellationToken.None);
            // Another sender of the same file was faster.
            if (!isTaken) break;
            offset += piece.Arrived;
            if (piece.HasEnded) break;
        }
        return offset;
    }

    /// <summary>Once at a time for a file: a sender whose connection broke while its file was being put together waits for the same end.</summary>
    private async Task<UploadResult> FinishAsync(string tenant, string sha256, long total, string? digest)
    {
        var key = $"{tenant}/{sha256}";
        var finishing = _finishing.GetOrAdd(key, _ => new Lazy<Task<UploadResult>>(() => PutTogetherAsync(tenant, sha256, total, digest)));
        try
        {
            return await finishing.Value;
        }
        finally
        {
            _finishing.TryRemove(KeyValuePair.Create(key, finishing));
        }
    }

    private async Task<UploadResult> PutTogetherAsync(string tenant, string sha256, long total, string? digest)
    {
        var pieces = await PiecesAsync(tenant, sha256, CancellationToken.None);
        try
        {
            if (_growing is not null && pieces.Count == 1)
            {
                if (digest is null) await ReadAsync(pieces, sha256);
                else if (digest != Digest.Prefix + sha256) throw new UploadDigestException(digest);
                await _growing.RenameAsync(pieces[0].Name, ContentName(sha256));
            }
            else
            {
                await using var whole = new PiecesStream(blobs, pieces, Digest.Prefix + sha256);
                var isNew = await blobs.CreateAsync(ContentName(sha256), whole, CancellationToken.None);
                // Of another tenant: the digest alone does not show that this one has the bytes.
                if (!isNew && limits.OwnOnly) await ReadAsync(pieces, sha256);
            }
        }
        catch (UploadDigestException e)
        {
            await DiscardAsync(tenant, sha256);
            return Refused(default, UploadRefusal.WrongDigest, $"The {total:N0} bytes that arrived have the digest {e.Found}, not {Digest.Prefix}{sha256}. None was kept.");
        }
        // Another silo has put the same parts together, and removed them: before one was opened, or, where a store reads late, before it was read.
        catch (IOException) when (pieces.Count > 0)
        {
            if (!await blobs.RenewAsync(ContentName(sha256))) throw;
        }
        return await CompletedAsync(tenant, sha256, total, CancellationToken.None);
    }

    /// <summary>Reads the parts to their end, where a wrong digest is found.</summary>
    private async Task ReadAsync(List<UploadPiece> pieces, string sha256)
    {
        await using var again = new PiecesStream(blobs, pieces, Digest.Prefix + sha256);
        await again.CopyToAsync(Stream.Null, CancellationToken.None);
    }

    private async Task<UploadResult> CompletedAsync(string tenant, string sha256, long total, CancellationToken cancellation)
    {
        var mark = BlobNames.Upload(tenant, sha256, total);
        if (!await blobs.RenewAsync(mark, cancellation)) await blobs.CreateAsync(mark, Stream.Null, cancellation);
        await DiscardAsync(tenant, sha256, cancellation);
        return new UploadResult(UploadStanding.Complete(total));
    }

    /// <summary>The parts that follow each other from the first byte on.</summary>
    private async Task<List<UploadPiece>> PiecesAsync(string tenant, string sha256, CancellationToken cancellation)
    {
        var pieces = new List<UploadPiece>();
        await foreach (var blob in blobs.ListAsync(BlobNames.UploadPiecesOf(tenant, sha256), cancellation))
        {
            if (UploadPiece.Of(blob) is { } piece && piece.Offset == (pieces.Count == 0 ? 0 : pieces[^1].End) && (pieces.Count == 0 || pieces[0].Total == piece.Total)) pieces.Add(piece);
        }
        return pieces;
    }

    private async Task<string?> OverQuotaAsync(string tenant, long total, CancellationToken cancellation)
    {
        if (limits.Tenant is not { } quota) return null;
        var used = 0L;
        await foreach (var blob in blobs.ListAsync(BlobNames.UploadsOf(tenant), cancellation)) used += WholeUpload.Of(blob)?.Bytes ?? 0;
        var unfinished = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var blob in blobs.ListAsync($"{BlobNames.UploadPieces}{tenant}/", cancellation))
        {
            if (UploadPiece.Of(blob) is { } piece) unfinished[blob.Name[..blob.Name.LastIndexOf('/')]] = piece.Total;
        }
        used += unfinished.Values.Sum();
        return used + total <= quota ? null
            : string.Create(CultureInfo.InvariantCulture, $"The tenant '{tenant}' has {used:N0} bytes of uploads in the store and may have {quota:N0}; this file has {total:N0}. Uploads that no job needs are removed by 'ptune store gc'.");
    }

    private static UploadResult Refused(UploadStanding standing, UploadRefusal refusal, string problem) => new(standing, refusal, problem);

    private static string ContentName(string sha256) => BlobNames.Content(Digest.Prefix + sha256);
}
