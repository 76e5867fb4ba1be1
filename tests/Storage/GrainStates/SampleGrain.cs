using Orleans.Runtime;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Tests.GrainStates;

public sealed class SampleGrain([PersistentState("sample", GrainStorageNames.State)] IPersistentState<SampleState> stored) : Grain, ISampleGrain
{
    public async Task Set(SampleState state)
    {
        stored.State = state;
        await stored.WriteStateAsync();
    }

    public Task<SampleState> Get() => Task.FromResult(stored.State);

    public Task<bool> Exists() => Task.FromResult(stored.RecordExists);

    public Task Clear() => stored.ClearStateAsync();

    public Task Forget()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
