using Ptune.Contracts.Stores;

namespace Ptune.Silo.Admission;

/// <summary>The names that a tenant has published, for the advice where one is missing. They are read once, when they are first needed.</summary>
internal sealed class KnownAliases(ICatalog catalog, string tenant)
{
    private List<string>? _names;

    public async Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellation) =>
        _names ??= await catalog.ListAliasesAsync(tenant, cancellation).Select(a => a.Alias).ToListAsync(cancellation);
}
