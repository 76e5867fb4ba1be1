using System.Collections.Concurrent;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Stores;
using Ptune.Storage.Artifacts;

namespace Ptune.Storage.Collecting;

/// <summary>Which content blobs the artifacts in the catalog consist of: their files and manifests.</summary>
internal sealed class ReferencedContent
{
    private const int AtOnce = 16;

    private readonly Dictionary<string, ArtifactRow> _owners = new(StringComparer.Ordinal);

    /// <summary>Artifacts whose manifests cannot be read, and why: nobody knows which files are theirs.</summary>
    public List<string> Problems { get; } = [];

    public List<ArtifactRow> Artifacts { get; } = [];

    /// <summary>Reads every artifact's manifest.</summary>
    /// <exception cref="IOException">The store does not answer.</exception>
    public static async Task<ReferencedContent> LoadAsync(ICatalog catalog, ArtifactStore artifacts, CancellationToken cancellation)
    {
        var content = new ReferencedContent();
        var rows = await catalog.ListArtifactsAsync(null, cancellation).ToListAsync(cancellation);
        var manifests = new ConcurrentDictionary<string, ArtifactManifest>(StringComparer.Ordinal);
        var problems = new ConcurrentBag<string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(rows.Select(row => row.Digest).Distinct(), options, async (digest, stop) =>
        {
            try
            {
                manifests[digest] = await artifacts.GetManifestAsync(digest, stop);
            }
            catch (Exception e) when (e is FileNotFoundException or DigestMismatchException)
            {
                problems.Add(e.Message);
            }
        });
        content.Problems.AddRange(problems.Order(StringComparer.Ordinal));
        // The oldest owns what several share.
        foreach (var row in rows.OrderBy(row => row.Created).ThenBy(row => row.Digest, StringComparer.Ordinal)) content.Add(row, manifests.GetValueOrDefault(row.Digest));
        return content;
    }

    /// <summary>The artifact that a content blob belongs to; null: none.</summary>
    public ArtifactRow? OwnerOf(string blob) => _owners.GetValueOrDefault(blob);

    private void Add(ArtifactRow row, ArtifactManifest? manifest)
    {
        Artifacts.Add(row);
        _owners.TryAdd(BlobNames.Content(row.Digest), row);
        foreach (var file in manifest?.Files ?? []) _owners.TryAdd(BlobNames.Content(file.Digest), row);
    }
}
