using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Stores;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Identity;

/// <summary>The tenants: <see cref="TenantsMachine"/> with a store around it.</summary>
[Reentrant, GrainType("tenants")]
internal sealed class TenantsGrain(
    [PersistentState("tenants", GrainStorageNames.State)] IPersistentState<TenantsState> storage,
    TimeProvider time,
    ILogger<TenantsGrain> logger) : StatefulGrain<TenantsState>(storage, time, logger), ITenantsGrain
{
    public Task<TenantView[]> All() => DecideAsync((state, _) => new Decision<TenantsState, TenantView[]>(state, state?.Tenants ?? []), isAuthoritative: true);

    public Task<TenantView?> Create(string name, TenantSettings settings, string by) => DecideAndRecordAsync((state, now) => TenantsMachine.Create(state, name, settings, by, now));

    public Task<TenantView?> Set(string name, TenantSettings settings, string by) => DecideAndRecordAsync((state, now) => TenantsMachine.Set(state, name, settings, by, now));

    public Task Import(Dictionary<string, TenantSettings> settings) => DecideAndRecordAsync((state, now) => TenantsMachine.Import(state, settings, now));

    protected override bool IsOnStores(Effect effect) => true;

    protected override Task<bool> PerformAsync(Effect effect) => Task.FromResult(true);
}
