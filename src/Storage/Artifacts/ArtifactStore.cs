using System.Text;
using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Storage.Files;

namespace Ptune.Storage.Artifacts;

/// <summary>
/// Artifacts as content-addressed blobs. The manifest's canonical JSON is the artifact: its digest names it, and it is written last, so
/// that an artifact that can be found is whole.
/// </summary>
public sealed class ArtifactStore(IBlobStore blobs, TimeProvider time)
{
    private const int MostManifestBytes = 64 << 20;

    private readonly ArtifactFolders _folders = new(blobs, time);

    /// <summary>Stores the files of a folder, and the manifest that lists them.</summary>
    /// <param name="folder">Its files, and those of its sub-folders, are the artifact's; null: it has none.</param>
    /// <param name="manifest">All but the files, which are filled in here.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="ArgumentException">A file's name cannot be stored, or a metric is no finite number.</exception>
    /// <exception cref="IOException">A file cannot be read, or the store is full or cannot be written.</exception>
    public async Task<StoredArtifact> PutAsync(string? folder, ArtifactManifest manifest, CancellationToken cancellation = default)
    {
        foreach (var (name, value) in manifest.Metrics)
        {
            if (!double.IsFinite(value)) throw new ArgumentException($"The metric '{name}' is {value}; an artifact's figures are finite.", nameof(manifest));
        }
        var whole = manifest with { Files = folder is null ? [] : await ManifestFiles.OfFolderAsync(folder, cancellation) };
        foreach (var file in whole.Files)
        {
            await ContentBlobs.PutAsync(blobs, file.Digest, () => File.OpenRead(Path.Combine(folder!, file.Path)), cancellation);
        }
        var json = Encoding.UTF8.GetBytes(CanonicalJson.Of(whole));
        var digest = Digest.Of(json);
        await ContentBlobs.PutAsync(blobs, digest, () => new MemoryStream(json), cancellation);
        return new StoredArtifact(digest, whole, whole.Files.Sum(file => file.Bytes));
    }

    /// <exception cref="ArgumentException"><paramref name="digest"/> is no digest.</exception>
    /// <exception cref="FileNotFoundException">The store has no such artifact.</exception>
    /// <exception cref="DigestMismatchException">The manifest was truncated or changed.</exception>
    /// <exception cref="IOException">What is stored under the digest is no manifest.</exception>
    public async Task<ArtifactManifest> GetManifestAsync(string digest, CancellationToken cancellation = default)
    {
        if (!InputRef.IsDigest(digest)) throw new ArgumentException($"'{digest}' is not an artifact digest (sha256: and 64 hexadecimal digits).", nameof(digest));
        var name = BlobNames.Content(digest);
        await using var blob = await blobs.OpenAsync(name, cancellation)
            ?? throw new FileNotFoundException($"The artifact {digest} is not in the store.", blobs.LocalPath(name) ?? name);
        // The digest may be that of a file of any length.
        if (blob.Length > MostManifestBytes) throw new IOException($"The blob {digest} is not an artifact manifest: it has {blob.Length:N0} bytes.");
        using var json = new MemoryStream();
        var (actual, bytes) = await Hashing.CopyAsync(blob, json, cancellation);
        if (actual != digest) throw new DigestMismatchException(blobs.LocalPath(name) ?? name, digest, actual, bytes);
        try
        {
            var manifest = CanonicalJson.Read<ArtifactManifest>(json.GetBuffer().AsSpan(0, (int)bytes));
            foreach (var file in manifest.Files) BlobName.Validate(file.Path);
            return manifest;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException)
        {
            throw new IOException($"The blob {digest} is not an artifact manifest: {e.Message}", e);
        }
    }

    /// <summary>The artifact's files in a folder of their own, every digest verified.</summary>
    /// <param name="digest">The artifact.</param>
    /// <param name="cacheFolder">
    /// Kept between calls, and shared by processes that do the same. Where the store is a folder on this machine, the files in it are
    /// links to the store's: they can be mapped without a copy, and must not be written.
    /// </param>
    /// <param name="cancellation">Stops the download; what it had made is removed.</param>
    /// <returns>The folder: <paramref name="cacheFolder"/> and the digest's digits.</returns>
    /// <exception cref="FileNotFoundException">The store lacks the artifact or one of its files.</exception>
    /// <exception cref="DigestMismatchException">A file was truncated or changed; the message names it, and both digests.</exception>
    public async Task<string> MaterializeAsync(string digest, string cacheFolder, CancellationToken cancellation = default) =>
        await _folders.MakeAsync(digest, await GetManifestAsync(digest, cancellation), Path.GetFullPath(cacheFolder), cancellation);

    /// <summary>Removes an artifact's folder from a cache, unless a process lays it out just now; it is laid out anew when it is asked for.</summary>
    /// <param name="cacheFolder">The cache.</param>
    /// <param name="hex">The digits of the artifact's digest.</param>
    /// <param name="isFree">Asked while nobody can lay it out: whether it may go.</param>
    /// <returns>Whether it was removed.</returns>
    public static bool TryForget(string cacheFolder, string hex, Func<bool> isFree) => ArtifactFolders.TryRemove(cacheFolder, hex, isFree);

    /// <summary>When <see cref="MaterializeAsync"/> was last asked for an artifact that a cache has.</summary>
    public static DateTime LastUse(string cacheFolder, string hex) => ArtifactFolders.LastUse(cacheFolder, hex);
}
