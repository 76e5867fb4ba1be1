using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Stores;

namespace Ptune.Grains.Audit;

/// <summary>
/// Writes one chain. Entries that arrive together share one write, and so do those that arrive while as many are under way as the store takes; their callers are answered when it is stored. The chain's ends are stored behind
/// the rows: a row that a crash left without its head is found by the next activation.
/// </summary>
[Reentrant, GrainType("audit-chain")]
internal sealed partial class AuditChainGrain(
    [PersistentState("audit", GrainStorageNames.State)] IPersistentState<AuditChainState> storage,
    IAuditStore store,
    TimeProvider time,
    ILogger<AuditChainGrain> logger) : Grain, IAuditChainGrain
{
    private const int MostWaiting = 10_000;
    private const int Tries = 4;

    /// <summary>How long the stored head may be behind the rows.</summary>
    private static readonly TimeSpan s_headBehind = TimeSpan.FromMilliseconds(250);

    private readonly ILogger _logger = logger;
    private readonly StoredEnds _ends = new(storage);
    private readonly Queue<Waiting> _waiting = new();
    private readonly List<Task> _flights = [];
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _writing;
    private IGrainTimer? _flushTimer;
    private bool _isFlushDue;
    private bool _isRead;
    private (long Sequence, string Digest, DateTimeOffset Written) _last;

    private string Chain => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _ends.Start();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // What waits has callers, which are answered; the head follows, so that the next activation has nothing to look for.
        if (_writing is { } writing) await writing.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        await FlushAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task Append(AuditEntry entry)
    {
        if (_waiting.Count >= MostWaiting) throw new AuditUnavailableException($"{MostWaiting} entries wait to be written into the audit trail of {Chain}.");
        var waiting = new Waiting(entry.Bounded());
        _waiting.Enqueue(waiting);
        _arrived.TrySetResult();
        _writing ??= WriteAllAsync();
        return waiting.Written.Task;
    }

    public async Task<AuditHead> Head()
    {
        await _ends.FlushAsync();
        var ends = _ends.Current;
        return new AuditHead(Chain, ends.Sequence, ends.Digest, ends.Start, ends.Before);
    }

    public async Task Know(string chain)
    {
        if (!_ends.Current.Chains.Contains(chain)) _ends.Change(ends => ends with { Chains = [.. ends.Chains, chain] });
        await _ends.FlushAsync();
    }

    public Task<string[]> Chains() => Task.FromResult(_ends.Current.Chains);

    private async Task WriteAllAsync()
    {
        await Task.Yield();
        while (_waiting.Count > 0 || _flights.Count > 0)
        {
            if (_flights.RemoveAll(flight => flight.IsCompleted) > 0) continue;
            // What was not written leaves a gap for those behind it, which are refused: the place is read when all are back.
            var isFull = _flights.Count >= store.AtOnce || (!_isRead && _flights.Count > 0);
            if (isFull || _waiting.Count == 0) await NextAsync(isFull);
            else if (!_isRead) await TryReadAsync();
            else Begin();
        }
        _writing = null;
        if (_isFlushDue) return;
        // Rows come in bursts, which share one write of the head.
        _isFlushDue = true;
        _flushTimer ??= this.RegisterGrainTimer(FlushAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true });
        _flushTimer.Change(s_headBehind, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Completes when a write has ended; where there is room for one more, also when an entry has come.</summary>
    private async Task NextAsync(bool isFull)
    {
        if (_arrived.Task.IsCompleted) _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await Task.WhenAny(isFull ? _flights : [.. _flights, _arrived.Task]);
    }

    private void Begin()
    {
        var group = Take();
        var (rows, last) = Rows([.. group.Select(w => w.Entry).DistinctBy(e => e.Key)]);
        var follows = _flights.Count > 0;
        _last = last;
        _flights.Add(WriteAsync(group, rows, follows));
    }

    private List<Waiting> Take()
    {
        var group = new List<Waiting>(IAuditStore.LargestGroup);
        while (group.Count < IAuditStore.LargestGroup && _waiting.TryDequeue(out var next)) group.Add(next);
        return group;
    }

    /// <summary>Writes rows, and answers their callers.</summary>
    private async Task WriteAsync(List<Waiting> group, List<StoredAuditRow> rows, bool follows)
    {
        var written = rows[^1];
        try
        {
            var known = await store.AppendAsync(Chain, rows, follows);
            if (known.Count == 0) _ends.Change(ends => ends.Sequence >= written.Sequence ? ends : ends with { Sequence = written.Sequence, Digest = written.Digest });
            else Again(group.Where(w => !known.Contains(w.Entry.Key)));
            group.Where(w => known.Count == 0 || known.Contains(w.Entry.Key)).ToList().ForEach(w => w.Written.SetResult());
        }
        catch (AuditSequenceTakenException) when (group.TrueForAll(w => ++w.Tries < Tries))
        {
            // For a moment there may be two activations. The store lets one of them add a row at a place; the other goes on after it.
            Again(group);
        }
        catch (Exception problem)
        {
            // The rows may have landed all the same: the next write looks.
            _isRead = false;
            Refuse(group, problem);
        }
    }

    /// <summary>They are written before all that wait, when it is known where the chain ends.</summary>
    private void Again(IEnumerable<Waiting> group)
    {
        _isRead = false;
        Waiting[] waiting = [.. group, .. _waiting];
        _waiting.Clear();
        foreach (var entry in waiting) _waiting.Enqueue(entry);
    }

    private async Task TryReadAsync()
    {
        try
        {
            await ReadAsync();
        }
        catch (Exception problem)
        {
            Refuse(Take(), problem);
        }
    }

    private void Refuse(List<Waiting> group, Exception problem)
    {
        LogUnwritten(group.Count, Chain, problem.Message, problem);
        group.ForEach(w => w.Written.SetException(new AuditUnavailableException(problem.Message)));
    }

    private (List<StoredAuditRow> Rows, (long Sequence, string Digest, DateTimeOffset Written) Last) Rows(List<AuditEntry> entries)
    {
        var last = _last;
        // A clock that was set back does not make a row older than the one before it.
        if (time.GetUtcNow() is var now && now > last.Written) last.Written = now;
        var rows = new List<StoredAuditRow>(entries.Count);
        foreach (var entry in entries)
        {
            var row = AuditText.Write(AuditRow.Of(Chain, last.Sequence + 1, last.Digest, last.Written, entry));
            rows.Add(row);
            (last.Sequence, last.Digest) = (row.Sequence, row.Digest);
        }
        return (rows, last);
    }

    /// <summary>Finds the newest row: the head, or what was written after it. Of a chain whose rows were tampered with, the next row still gets a place of its own.</summary>
    private async Task ReadAsync()
    {
        var ends = _ends.Current;
        // A chain that loses all its rows must not be forgotten with them, so the system's chain knows it before it has any.
        if (ends.Sequence == 0 && Chain != AuditChains.System) await GrainFactory.GetGrain<IAuditChainGrain>(AuditChains.System).Know(Chain);
        _last = (ends.Sequence, ends.Digest, default);
        if (await store.FindAsync(Chain, ends.Sequence) is { } newest) _last.Written = WrittenAt(newest);
        await foreach (var row in store.ReadAsync(Chain, ends.Sequence + 1)) _last = (row.Sequence, row.Digest, WrittenAt(row));
        if (_last.Sequence > ends.Sequence) _ends.Change(e => e with { Sequence = _last.Sequence, Digest = _last.Digest });
        _isRead = true;
    }

    private static DateTimeOffset WrittenAt(StoredAuditRow row)
    {
        try
        {
            return AuditText.Read(row).Written;
        }
        catch (System.Text.Json.JsonException)
        {
            return default;
        }
    }

    private async Task FlushAsync()
    {
        _isFlushDue = false;
        try
        {
            await _ends.FlushAsync();
        }
        catch (Exception problem)
        {
            LogHeadBehind(Chain, problem.Message);
        }
    }
}
