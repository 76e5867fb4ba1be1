using Ptune.Contracts.Audit;
using Ptune.Contracts.Stores;

namespace Ptune.Grains.Audit;

/// <summary>Removing old rows.</summary>
internal sealed partial class AuditChainGrain
{
    private const int MostPruned = 10_000;

    public async Task<long> Prune(DateTimeOffset before)
    {
        if (!_isRead) await ReadAsync();
        var start = _ends.Current.Start;
        StoredAuditRow? last = null;
        await foreach (var row in store.ReadAsync(Chain, start))
        {
            if (WrittenAt(row) >= before || row.Sequence - start >= MostPruned) break;
            last = row;
        }
        if (last is null)
        {
            // A crash may have left rows that an earlier call was about to remove.
            if (start > 1 && await store.FindAsync(Chain, start - 1) is not null) await store.RemoveAsync(Chain, start);
            return 0;
        }
        var by = new AuditStamp("retention", null, null, null, "");
        await Append(new AuditEntry($"prune:{last.Sequence}", time.GetUtcNow(), by, AuditActions.AuditPrune, Chain, $"from row {start}", $"from row {last.Sequence + 1}"));
        _ends.Change(ends => ends with { Start = last.Sequence + 1, Before = last.Digest });
        await _ends.FlushAsync();
        await store.RemoveAsync(Chain, last.Sequence + 1);
        return last.Sequence - start + 1;
    }
}
