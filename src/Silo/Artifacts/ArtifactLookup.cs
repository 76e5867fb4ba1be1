using Ptune.Contracts.Identity;
using Ptune.Contracts.Registry;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Stores;

namespace Ptune.Silo.Artifacts;

/// <summary>From an alias, a digest or a digest's beginning to an artifact of the tenant.</summary>
internal sealed class ArtifactLookup(IGrainFactory grains, ICatalog catalog)
{
    private const int Named = 5;

    public async Task<ArtifactMatch> FindAsync(string tenant, string reference, CancellationToken cancellation)
    {
        if (InputRef.IsAlias(reference)) return await AliasAsync(tenant, reference, cancellation);
        if (InputRef.IsDigest(reference) && await catalog.FindUsableAsync(tenant, reference, cancellation) is { } row) return ArtifactMatch.Of(row);
        var hex = reference.StartsWith(Digest.Prefix, StringComparison.Ordinal) ? Digest.Hex(reference) : reference;
        return hex.Length is >= 4 and < 64 && hex.All(char.IsAsciiHexDigitLower) ? await BeginningAsync(tenant, reference, hex, cancellation) : await UnknownAsync(tenant, reference, cancellation);
    }

    private async Task<ArtifactMatch> AliasAsync(string tenant, string alias, CancellationToken cancellation)
    {
        var (key, version) = RegistryKeys.Of(tenant, alias);
        var digest = await grains.GetGrain<IRegistryGrain>(key).Resolve(version);
        var row = digest is null ? null : await catalog.FindUsableAsync(tenant, digest, cancellation);
        return row is null ? await UnknownAsync(tenant, alias, cancellation) : ArtifactMatch.Of(row);
    }

    private async Task<ArtifactMatch> BeginningAsync(string tenant, string reference, string hex, CancellationToken cancellation)
    {
        var matches = await catalog.ListUsableAsync(tenant, cancellation)
            .Where(a => Digest.Hex(a.Digest).StartsWith(hex, StringComparison.Ordinal)).Take(Named + 1).ToListAsync(cancellation);
        return matches.Count switch
        {
            1 => ArtifactMatch.Of(matches[0]),
            0 => await UnknownAsync(tenant, reference, cancellation),
            _ => ArtifactMatch.Ambiguous([.. matches.Take(Named).Select(m => Digest.Abbreviate(m.Digest))]),
        };
    }

    private async Task<ArtifactMatch> UnknownAsync(string tenant, string reference, CancellationToken cancellation)
    {
        var aliases = await catalog.ListAliasesAsync(tenant, cancellation).Select(a => a.Alias).ToListAsync(cancellation);
        return ArtifactMatch.Unknown(Nearest.Of(reference, aliases));
    }
}
