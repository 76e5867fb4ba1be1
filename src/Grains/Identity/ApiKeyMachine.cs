using Ptune.Contracts.Identity;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Identity;

/// <summary>An API key as a pure function.</summary>
internal static class ApiKeyMachine
{
    /// <summary>How exactly the store knows the last use: a write for each request would cost more than the request.</summary>
    private static readonly TimeSpan UseStored = TimeSpan.FromHours(1);

    /// <summary>Null: the id is taken.</summary>
    public static Decision<ApiKeyState, ApiKeyView?> Create(ApiKeyState? state, string id, ApiKeyCreation creation, DateTimeOffset now)
    {
        if (state is not null) return new(state, state.Hash == creation.Hash ? View(id, state) : null);
        var next = new ApiKeyState
        {
            Hash = creation.Hash,
            Name = creation.Name,
            Tenant = creation.Tenant,
            Role = creation.Role,
            Expires = creation.Expires,
            Created = now,
            By = creation.By,
            Version = 1,
        };
        return new(next, View(id, next));
    }

    /// <summary>Once revoked, a key stays so; the first one who did it is remembered.</summary>
    public static Decision<ApiKeyState, ApiKeyView?> Revoke(ApiKeyState? state, string id, string by, DateTimeOffset now)
    {
        if (state is null) return new(null, null);
        var next = state.Revoked is null ? state with { Revoked = now, RevokedBy = by, Version = state.Version + 1 } : state;
        return new(next, View(id, next));
    }

    public static Decision<ApiKeyState, bool> Use(ApiKeyState? state, DateTimeOffset now)
    {
        if (state is null || now <= state.LastUsed) return new(state, false);
        var isVolatile = state.LastUseStored is { } stored && now - stored < UseStored;
        return new(state with { LastUsed = now, LastUseStored = isVolatile ? state.LastUseStored : now, Version = state.Version + 1 }, true, isVolatile);
    }

    public static ApiKeyView View(string id, ApiKeyState state) =>
        new(id, state.Name, state.Tenant, state.Role, state.Created, state.By, state.Expires, state.Revoked, state.RevokedBy, state.LastUsed);
}
