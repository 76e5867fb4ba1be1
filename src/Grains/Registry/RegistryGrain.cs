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

    public async Task<AliasRow> Publish(string version, string digest) => (await SetAsync(Checked(version, digest), digest, move: true, by: null, stamp: null)).Row;

    public Task<NameReply> Set(string version, string digest, bool move, string? by, AuditStamp? stamp) => SetAsync(Checked(version, digest), digest, move, by, stamp);

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

    /// <summary>
    /// Whoever removes an artifact takes its row away, and then looks for names of it: one of the two sees the other. A name that was set for an artifact without a row is taken back.
    /// </summary>
    private async Task<NameReply> SetAsync(string alias, string digest, bool move, string? by, AuditStamp? stamp)
    {
        var reply = await DecideForAsync(stamp, Asked(AuditActions.NameSet, alias), (state, now) => RegistryMachine.Set(state, Tenant, alias, digest, move, by, now));
        if (reply.Outcome == NameOutcome.Taken || await catalog.FindUsableAsync(Tenant, digest, CancellationToken.None) is not null) return reply;
        var previous = reply.Previous is { } before && await catalog.FindUsableAsync(Tenant, before, CancellationToken.None) is not null ? before : null;
        await DecideForAsync(stamp, Asked(AuditActions.NameSet, alias), (state, now) => RegistryMachine.TakeBack(state, Tenant, alias, digest, previous, by, now));
        return reply with { Outcome = NameOutcome.Removed };
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
