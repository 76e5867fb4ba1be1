using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Registry;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Registry;

/// <summary>One model family's names: <see cref="RegistryMachine"/> with a store and a catalog around it.</summary>
[Reentrant, GrainType("registry")]
internal sealed class RegistryGrain(
    [PersistentState("registry", GrainStorageNames.State)] IPersistentState<RegistryState> storage,
    ICatalog catalog,
    TimeProvider time,
    ILogger<RegistryGrain> logger) : StatefulGrain<RegistryState>(storage, time, logger), IRegistryGrain
{
    private string Tenant => this.GetPrimaryKeyString().Split('/')[0];

    public Task<AliasRow> Publish(string version, string digest)
    {
        var alias = Checked(version, digest);
        return DecideAndRecordAsync((state, now) => RegistryMachine.Publish(state, Tenant, alias, digest, now));
    }

    public Task<NameReply> Set(string version, string digest, bool move, string? by, AuditStamp? stamp)
    {
        var alias = Checked(version, digest);
        return DecideForAsync(stamp, Asked(AuditActions.NameSet, alias), (state, now) => RegistryMachine.Set(state, Tenant, alias, digest, move, by, now));
    }

    public Task<AliasRow?> Remove(string version, string? digest, string? by, AuditStamp? stamp) =>
        DecideForAsync(stamp, Asked(AuditActions.NameRemove, Alias(version)), (state, now) => RegistryMachine.Remove(state, Tenant, Alias(version), digest, by, now));

    // Read from the store: a stale activation would give yesterday's digest, and a job's id would be made of it.
    public Task<string?> Resolve(string version) => DecideAsync((state, _) => new Decision<RegistryState, string?>(state, RegistryMachine.Standing(state, Alias(version))?.Digest), isAuthoritative: true);

    public Task<AliasRow[]> History() => DecideAsync((state, _) => new Decision<RegistryState, AliasRow[]>(state, state?.Publications ?? []), isAuthoritative: true);

    protected override string AuditChain => Tenant;

    protected override bool IsOnStores(Effect effect) => true;

    protected override async Task<bool> PerformAsync(Effect effect)
    {
        if (RegistryMachine.Latest(Stored, effect.Target) is { } row) await catalog.PutAsync(row);
        return true;
    }

    private static AuditSubject<RegistryState> Asked(string action, string alias) => new(action, alias, state => RegistryMachine.Standing(state, alias)?.Digest);

    private string Alias(string version) => $"{this.GetPrimaryKeyString().Split('/')[1]}@{version}";

    private string Checked(string version, string digest)
    {
        var alias = Alias(version);
        if (!InputRef.IsAlias(alias)) throw new ArgumentException($"'{alias}' is not an alias: use NAME@VERSION with letters, digits, '.', '_' and '-'.", nameof(version));
        if (!InputRef.IsDigest(digest)) throw new ArgumentException($"'{digest}' is not an artifact digest.", nameof(digest));
        return alias;
    }
}
