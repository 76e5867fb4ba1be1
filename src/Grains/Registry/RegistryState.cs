using Ptune.Contracts.Stores;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Registry;

/// <summary>The publications under one name, as they are stored. Add members with new ids; never rename, renumber or retype one.</summary>
[GenerateSerializer, Alias("ptune.RegistryState")]
public sealed record RegistryState : IStoredState<RegistryState>
{
    /// <summary>Oldest first. An alias points at the digest of its last publication.</summary>
    [Id(0)] public AliasRow[] Publications { get; init; } = [];

    [Id(1)] public Outbox Outbox { get; init; } = Outbox.Empty;

    long IStoredState<RegistryState>.Version => Publications.Length;

    bool IStoredState<RegistryState>.IsAtRest => true;

    RegistryState IStoredState<RegistryState>.WithOutbox(Outbox outbox) => ReferenceEquals(outbox, Outbox) ? this : this with { Outbox = outbox };
}
