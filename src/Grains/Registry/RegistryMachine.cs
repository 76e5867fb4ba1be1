using Ptune.Contracts.Registry;
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
        var (next, reply, isVolatile) = Set(state, tenant, alias, digest, move: true, by: null, now);
        return new(next, reply.Row, isVolatile);
    }

    /// <summary>As <see cref="Publish"/>, but an alias that stands for another digest is only moved where that is wanted.</summary>
    public static Decision<RegistryState, NameReply> Set(RegistryState? state, string tenant, string alias, string digest, bool move, string? by, DateTimeOffset now)
    {
        var known = Standing(state, alias);
        if (known?.Digest == digest) return new(state, new NameReply(NameOutcome.Same, known, null));
        if (known is not null && !move) return new(state, new NameReply(NameOutcome.Taken, known, null));
        var (next, row) = With(state, tenant, alias, digest, by, now);
        return new(next, new NameReply(NameOutcome.Set, row, known?.Digest));
    }

    /// <summary>Removes an alias; null when there is none, or when it stands for another digest than the given one.</summary>
    public static Decision<RegistryState, AliasRow?> Remove(RegistryState? state, string tenant, string alias, string? digest, string? by, DateTimeOffset now)
    {
        if (Standing(state, alias) is not { } known || (digest is not null && known.Digest != digest)) return new(state, null);
        var (next, _) = With(state, tenant, alias, "", by, now);
        return new(next, known);
    }

    /// <summary>An alias whose artifact was removed while it was being set stands for what it stood for before (null: nothing); one that has been moved on meanwhile stays.</summary>
    public static Decision<RegistryState, bool> TakeBack(RegistryState? state, string tenant, string alias, string digest, string? previous, string? by, DateTimeOffset now) =>
        Standing(state, alias)?.Digest != digest ? new(state, false) : new(With(state, tenant, alias, previous ?? "", by, now).State, true);

    public static AliasRow? Latest(RegistryState? state, string alias) => state?.Publications.LastOrDefault(p => p.Alias == alias);

    /// <summary>What an alias stands for; null: there is no such alias, or none any more.</summary>
    public static AliasRow? Standing(RegistryState? state, string alias) => Latest(state, alias) is { Digest.Length: > 0 } row ? row : null;

    private static (RegistryState State, AliasRow Row) With(RegistryState? state, string tenant, string alias, string digest, string? by, DateTimeOffset now)
    {
        state ??= new RegistryState();
        var row = new AliasRow(tenant, alias, digest, now, (Latest(state, alias)?.Version ?? 0) + 1, by);
        return (state with { Publications = [.. state.Publications, row], Outbox = state.Outbox.With(Row, alias) }, row);
    }
}
