using Ptune.Contracts.Identity;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Identity;

/// <summary>The tenants as they are stored. Add members with new ids; never rename, renumber or retype one.</summary>
[GenerateSerializer, Alias("ptune.TenantsState")]
public sealed record TenantsState : IStoredState<TenantsState>
{
    /// <summary>By name.</summary>
    [Id(0)] public TenantView[] Tenants { get; init; } = [];

    [Id(1)] public long Version { get; init; }

    [Id(2)] public Outbox Outbox { get; init; } = Outbox.Empty;

    bool IStoredState<TenantsState>.IsAtRest => true;

    TenantsState IStoredState<TenantsState>.WithOutbox(Outbox outbox) => ReferenceEquals(outbox, Outbox) ? this : this with { Outbox = outbox };
}
