using Ptune.Contracts.Identity;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Identity;

/// <summary>An API key as it is stored. Add members with new ids; never rename, renumber or retype one.</summary>
[GenerateSerializer, Alias("ptune.ApiKeyState")]
public sealed record ApiKeyState : IStoredState<ApiKeyState>
{
    /// <summary>SHA-256 of the secret, in hexadecimal digits.</summary>
    [Id(0)] public required string Hash { get; init; }

    [Id(1)] public required string Name { get; init; }

    [Id(2)] public required string Tenant { get; init; }

    [Id(3)] public required Role Role { get; init; }

    [Id(4)] public required DateTimeOffset Created { get; init; }

    [Id(5)] public required string By { get; init; }

    [Id(6)] public DateTimeOffset? Expires { get; init; }

    [Id(7)] public DateTimeOffset? Revoked { get; init; }

    [Id(8)] public string? RevokedBy { get; init; }

    [Id(9)] public DateTimeOffset? LastUsed { get; init; }

    [Id(10)] public required long Version { get; init; }

    [Id(11)] public Outbox Outbox { get; init; } = Outbox.Empty;

    /// <summary>The last use that was written to the store.</summary>
    [Id(12)] public DateTimeOffset? LastUseStored { get; init; }

    bool IStoredState<ApiKeyState>.IsAtRest => true;

    ApiKeyState IStoredState<ApiKeyState>.WithOutbox(Outbox outbox) => ReferenceEquals(outbox, Outbox) ? this : this with { Outbox = outbox };
}
