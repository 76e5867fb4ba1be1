using Orleans.Runtime;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Audit;

/// <summary>The ends of a chain: changed in memory at once, and written behind. Several changes share one write.</summary>
internal sealed class StoredEnds(IPersistentState<AuditChainState> storage)
{
    private readonly Turns _turns = new();
    private AuditChainState _written = new();
    private bool _inDoubt;

    public AuditChainState Current { get; private set; } = new();

    /// <summary>Takes over what the runtime has read at activation.</summary>
    public void Start() => Current = _written = storage.RecordExists ? storage.State : new AuditChainState();

    public void Change(Func<AuditChainState, AuditChainState> change) => Current = change(Current);

    /// <summary>Completes when what stands in memory is stored.</summary>
    public Task FlushAsync() => _turns.TakeAsync(async () =>
    {
        if (_inDoubt) await ReadAsync();
        if (ReferenceEquals(_written, Current)) return true;
        var next = Current;
        storage.State = next;
        try
        {
            await storage.WriteStateAsync();
        }
        catch
        {
            _inDoubt = true;
            throw;
        }
        _written = next;
        return true;
    });

    /// <summary>The write may have landed, or another activation's: the ends only ever move forward, so the further ones count.</summary>
    private async Task ReadAsync()
    {
        await storage.ReadStateAsync();
        _inDoubt = false;
        _written = storage.RecordExists ? storage.State : new AuditChainState();
        var newest = _written.Sequence > Current.Sequence ? _written : Current;
        var oldest = _written.Start > Current.Start ? _written : Current;
        Current = newest with { Start = oldest.Start, Before = oldest.Before, Chains = [.. _written.Chains.Union(Current.Chains)] };
    }
}
