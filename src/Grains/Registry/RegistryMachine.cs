using Ptune.Contracts.Stores;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Registry;

/// <summary>Publishing as a pure function.</summary>
internal static class RegistryMachine
{
    /// <summary>Writes the target's (an alias') row into the catalog. The name is stored.</summary>
    public const string Row = "row";

    /// <summary>Points the alias at a digest; the same digest again changes nothing.</summary>
    public static Decision<RegistryState, AliasRow> Publish(RegistryState? state, string tenant, string alias, string digest, DateTimeOffset now)
    {
        if (Latest(state, alias) is { } known && known.Digest == digest) return new(state, known);

        state ??= new RegistryState();
        var version = (Latest(state, alias)?.Version ?? 0) + 1;
        var row = new AliasRow(tenant, alias, digest, now, version);
        return new(state with { Publications = [.. state.Publications, row], Outbox = state.Outbox.With(Row, alias) }, row);
    }

    public static AliasRow? Latest(RegistryState? state, string alias) => state?.Publications.LastOrDefault(p => p.Alias == alias);
}
