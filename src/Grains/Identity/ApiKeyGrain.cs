using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Stores;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Identity;

/// <summary>One API key: <see cref="ApiKeyMachine"/> with a store around it.</summary>
[Reentrant, GrainType("api-key")]
internal sealed class ApiKeyGrain(
    [PersistentState("api-key", GrainStorageNames.State)] IPersistentState<ApiKeyState> storage,
    TimeProvider time,
    ILogger<ApiKeyGrain> logger) : StatefulGrain<ApiKeyState>(storage, time, logger), IApiKeyGrain
{
    private string Id => this.GetPrimaryKeyString();

    public Task<ApiKeyView?> Create(ApiKeyCreation creation) => DecideAndRecordAsync((state, now) => ApiKeyMachine.Create(state, Id, creation, now));

    /// <summary>Read from the store: a stale activation would let a revoked key in for good.</summary>
    public async Task<ApiKeyRecord?> Find()
    {
        var found = await DecideAsync((state, _) => new Decision<ApiKeyState, ApiKeyRecord?>(
            state, state is null ? null : new ApiKeyRecord(ApiKeyMachine.View(Id, state), state.Hash)), isAuthoritative: true);
        // Whoever guesses ids must not fill the memory with them.
        if (found is null) DeactivateOnIdle();
        return found;
    }

    public Task<ApiKeyView?> Revoke(string by) => DecideAndRecordAsync((state, now) => ApiKeyMachine.Revoke(state, Id, by, now));

    public Task Used() => DecideAsync((state, now) => ApiKeyMachine.Use(state, now));

    protected override bool IsOnStores(Effect effect) => true;

    protected override Task<bool> PerformAsync(Effect effect) => Task.FromResult(true);
}
