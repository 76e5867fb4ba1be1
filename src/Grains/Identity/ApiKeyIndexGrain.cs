using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Stores;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Identity;

/// <summary>The list of API keys.</summary>
[Reentrant, GrainType("api-key-index")]
internal sealed class ApiKeyIndexGrain(
    [PersistentState("api-key-index", GrainStorageNames.State)] IPersistentState<ApiKeyIndexState> storage,
    TimeProvider time,
    ILogger<ApiKeyIndexGrain> logger) : StatefulGrain<ApiKeyIndexState>(storage, time, logger), IApiKeyIndexGrain
{
    public Task<bool> Add(ApiKeyPlace place) => DecideAndRecordAsync((state, _) => Add(state, place));

    public Task<string[]> List(string? tenant) => DecideAsync(
        (state, _) => new Decision<ApiKeyIndexState, string[]>(state, [.. (state?.Places ?? []).Where(p => tenant is null || p.Tenant == tenant).Select(p => p.Id)]),
        isAuthoritative: true);

    protected override bool IsOnStores(Effect effect) => true;

    protected override Task<bool> PerformAsync(Effect effect) => Task.FromResult(true);

    private static Decision<ApiKeyIndexState, bool> Add(ApiKeyIndexState? state, ApiKeyPlace place)
    {
        state ??= new ApiKeyIndexState();
        if (state.Places.Contains(place)) return new(state, true);
        if (state.Places.Length >= IApiKeyIndexGrain.Most) return new(state, false);
        return new(state with { Places = [.. state.Places, place], Version = state.Version + 1 }, true);
    }
}
