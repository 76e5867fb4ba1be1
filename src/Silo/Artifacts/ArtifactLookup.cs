using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Registry;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Stores;
using Ptune.Silo.Http;

namespace Ptune.Silo.Artifacts;

/// <summary>From an alias, a digest or a digest's beginning to an artifact of the tenant.</summary>
internal sealed class ArtifactLookup(IGrainFactory grains, ICatalog catalog)
{
    private const int Named = 5;

    public async Task<(ArtifactRow? Row, ProblemHttpResult? Problem)> FindAsync(string tenant, string reference, CancellationToken cancellation)
    {
        if (InputRef.IsAlias(reference)) return await AliasAsync(tenant, reference, cancellation);
        if (InputRef.IsDigest(reference) && await catalog.FindArtifactAsync(tenant, reference, cancellation) is { } row) return (row, null);
        var hex = reference.StartsWith(Digest.Prefix, StringComparison.Ordinal) ? Digest.Hex(reference) : reference;
        return hex.Length is >= 4 and < 64 && hex.All(char.IsAsciiHexDigitLower) ? await BeginningAsync(tenant, reference, hex, cancellation) : (null, await UnknownAsync(tenant, reference, cancellation));
    }

    private async Task<(ArtifactRow? Row, ProblemHttpResult? Problem)> AliasAsync(string tenant, string alias, CancellationToken cancellation)
    {
        var (key, version) = RegistryKeys.Of(tenant, alias);
        var digest = await grains.GetGrain<IRegistryGrain>(key).Resolve(version);
        var row = digest is null ? null : await catalog.FindArtifactAsync(tenant, digest, cancellation);
        return row is null ? (null, await UnknownAsync(tenant, alias, cancellation)) : (row, null);
    }

    private async Task<(ArtifactRow? Row, ProblemHttpResult? Problem)> BeginningAsync(string tenant, string reference, string hex, CancellationToken cancellation)
    {
        var matches = await catalog.ListArtifactsAsync(tenant, cancellation)
            .Where(a => Digest.Hex(a.Digest).StartsWith(hex, StringComparison.Ordinal)).Take(Named + 1).ToListAsync(cancellation);
        return matches.Count switch
        {
            1 => (matches[0], null),
            0 => (null, await UnknownAsync(tenant, reference, cancellation)),
            _ => (null, ApiProblems.Ambiguous(reference, [.. matches.Take(Named).Select(m => Digest.Abbreviate(m.Digest))])),
        };
    }

    private async Task<ProblemHttpResult> UnknownAsync(string tenant, string reference, CancellationToken cancellation)
    {
        var aliases = await catalog.ListAliasesAsync(tenant, cancellation).Select(a => a.Alias).ToListAsync(cancellation);
        return ApiProblems.NotFound($"There is no artifact '{reference}'.", Nearest.Of(reference, aliases));
    }
}
