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
    /// A tenant's names for artifacts of one kind, in ordinal order, and then what others share with all and it has no name for, as <c>OWNER/NAME</c>, likewise. Such a name only tells: by it nothing is found.
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
        await foreach (var row in catalog.ListArtifactsAsync(Everybody, cancellation))
        {
            if (row.Kind != kind || row.Owner() == tenant || named.Contains(row.Digest)) continue;
            await foreach (var name in catalog.ListAliasesAsync(row.Owner(), cancellation))
                if (name.Digest == row.Digest) shared.Add((name with { Alias = $"{row.Owner()}{OfOwner}{name.Alias}" }, row));
        }
        foreach (var found in shared.OrderBy(s => s.Name.Alias, StringComparer.Ordinal))
            if (!isPastOwn || string.CompareOrdinal(found.Name.Alias, after) > 0) yield return found;
    }

    /// <summary>The order of the catalog: the newest first, then by digest.</summary>
    private static int Compare(ArtifactRow a, ArtifactRow b) => b.Created.CompareTo(a.Created) is var byTime and not 0 ? byTime : string.CompareOrdinal(a.Digest, b.Digest);
}
