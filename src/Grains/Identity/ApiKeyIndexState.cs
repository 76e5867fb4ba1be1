using Ptune.Contracts.Identity;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Identity;

/// <summary>The index of API keys as it is stored. Add members with new ids; never rename, renumber or retype one.</summary>
[GenerateSerializer, Alias("ptune.ApiKeyIndexState")]
public sealed record ApiKeyIndexState : IStoredState<ApiKeyIndexState>
{
    /// <summary>Oldest first.</summary>
    [Id(0)] public ApiKeyPlace[] Places { get; init; } = [];

    [Id(1)] public long Version { get; init; }

    Outbox IStoredState<ApiKeyIndexState>.Outbox => Outbox.Empty;

    bool IStoredState<ApiKeyIndexState>.IsAtRest => true;

    ApiKeyIndexState IStoredState<ApiKeyIndexState>.WithOutbox(Outbox outbox) => this;
}
