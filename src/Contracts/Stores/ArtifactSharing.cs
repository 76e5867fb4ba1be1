using System.Runtime.CompilerServices;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Stores;

/// <summary>
/// An artifact belongs to the tenant of the job that made it. Another tenant that has a row of it, too, may read and use it, and so may everybody where <see cref="Everybody"/> has one.
/// </summary>
public static class ArtifactSharing
{
    /// <summary>The tenant of the row of an artifact that is shared with all. No tenant can have this name.</summary>
    public const string Everybody = "*";

    /// <summary>Stands between the owner and its name of an artifact. No name has it.</summary>
    private const char OfOwner = '/';

    /// <summary>
    /// The tenant of the rows that list what others share with a tenant: its own rows are many, and theirs few. A row stands here only while the tenant has one, too. What an earlier version shared
    /// is listed when it is shared again.
    /// </summary>
    public static string ListOf(string tenant) => Everybody + tenant;

    /// <summary>The tenant that an artifact belongs to.</summary>
    public static string Owner(this ArtifactRow row) => JobIds.IsWellFormed(row.JobId) ? JobIds.Tenant(row.JobId) : row.Tenant;

    /// <summary>Whether the row's tenant owns the artifact; otherwise it is shared with it.</summary>
    public static bool IsOwn(this ArtifactRow row) => row.Owner() == row.Tenant;

    /// <summary>An artifact that a tenant may use: its own, or one that is shared with it or with all.</summary>
    public static async Task<ArtifactRow?> FindUsableAsync(this ICatalog catalog, string tenant, string digest, CancellationToken cancellation) =>
        await catalog.FindArtifactAsync(tenant, digest, cancellation) ?? await catalog.FindArtifactAsync(Everybody, digest, cancellation);

    /// <summary>The artifacts that a tenant may use, newest first: those that others share with all stand among them.</summary>
    public static async IAsyncEnumerable<ArtifactRow> ListUsableAsync(this ICatalog catalog, string tenant, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var common = new Queue<ArtifactRow>();
        await foreach (var row in catalog.ListArtifactsAsync(Everybody, cancellation))
            if (row.Owner() != tenant && await catalog.FindArtifactAsync(tenant, row.Digest, cancellation) is null) common.Enqueue(row);
        await foreach (var row in catalog.ListArtifactsAsync(tenant, cancellation))
        {
            while (common.TryPeek(out var next) && Compare(next, row) < 0) yield return common.Dequeue();
            yield return row;
        }
        while (common.TryDequeue(out var left)) yield return left;
    }

    /// <summary>
    /// A tenant's names for artifacts of one kind, in ordinal order, and then what others share with it or with all and it has no name for, likewise: as <c>OWNER/NAME</c>, or, where the owner has no name for it either,
    /// with the first digits of its digest. Such a name only tells: by it nothing is found.
    /// </summary>
    /// <param name="catalog">Where they are.</param>
    /// <param name="tenant">Who asks.</param>
    /// <param name="kind">Of the artifacts.</param>
    /// <param name="after">The name before the first; null: from the begin on.</param>
    /// <param name="cancellation">Stops.</param>
    public static async IAsyncEnumerable<(AliasRow Name, ArtifactRow Artifact)> ListNamedAsync(
        this ICatalog catalog, string tenant, ArtifactKind kind, string? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (named, isPastOwn) = (new HashSet<string>(), after?.Contains(OfOwner) == true);
        await foreach (var name in catalog.ListAliasesAsync(tenant, cancellation))
        {
            named.Add(name.Digest);
            if (isPastOwn || (after is not null && string.CompareOrdinal(name.Alias, after) <= 0)) continue;
            if (await catalog.FindUsableAsync(tenant, name.Digest, cancellation) is { } row && row.Kind == kind) yield return (name, row);
        }
        var shared = new List<(AliasRow Name, ArtifactRow Artifact)>();
        foreach (var artifacts in (await ListSharedAsync(catalog, tenant, cancellation)).Where(row => row.Kind == kind && !named.Contains(row.Digest)).GroupBy(row => row.Owner()))
        {
            var names = (await catalog.ListAliasesAsync(artifacts.Key, cancellation).ToArrayAsync(cancellation)).ToLookup(name => name.Digest);
            foreach (var row in artifacts)
                foreach (var name in names[row.Digest].DefaultIfEmpty(new AliasRow(artifacts.Key, Digest.Abbreviate(row.Digest), row.Digest, row.Created, Version: 0)))
                    shared.Add((name with { Alias = $"{artifacts.Key}{OfOwner}{name.Alias}" }, row));
        }
        foreach (var found in shared.OrderBy(s => s.Name.Alias, StringComparer.Ordinal))
            if (!isPastOwn || string.CompareOrdinal(found.Name.Alias, after) > 0) yield return found;
    }

    /// <summary>What others share with a tenant, or with all: each once.</summary>
    private static async Task<IEnumerable<ArtifactRow>> ListSharedAsync(ICatalog catalog, string tenant, CancellationToken cancellation)
    {
        var found = new Dictionary<string, ArtifactRow>();
        await foreach (var row in catalog.ListArtifactsAsync(Everybody, cancellation))
            if (row.Owner() != tenant) found[row.Digest] = row;
        await foreach (var listed in catalog.ListArtifactsAsync(ListOf(tenant), cancellation))
            if (await catalog.FindArtifactAsync(tenant, listed.Digest, cancellation) is { } row && !row.IsOwn()) found[row.Digest] = row;
        return found.Values;
    }

    /// <summary>The order of the catalog: the newest first, then by digest.</summary>
    private static int Compare(ArtifactRow a, ArtifactRow b) => b.Created.CompareTo(a.Created) is var byTime and not 0 ? byTime : string.CompareOrdinal(a.Digest, b.Digest);
}
