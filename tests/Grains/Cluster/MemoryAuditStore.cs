using System.Collections.Concurrent;
using Ptune.Contracts.Stores;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>The audit trail in memory, with faults: a write may fail before it lands, or after it has.</summary>
internal sealed class MemoryAuditStore : IAuditStore
{
    private Task _turn = Task.CompletedTask;
    private readonly ConcurrentDictionary<string, SortedList<long, StoredAuditRow>> _chains = new();

    /// <summary>Asked at each write.</summary>
    public Func<StorageFault> Fault { get; set; } = () => StorageFault.None;

    /// <summary>Awaited before each write.</summary>
    public Func<Task> BeforeWrite { get; set; } = () => Task.CompletedTask;

    public int Writes { get; private set; }

    public StoredAuditRow[] Rows(string chain)
    {
        lock (_chains) return [.. Of(chain).Values];
    }

    public int AtOnce { get; set; } = 1;

    public async Task<IReadOnlyCollection<string>> AppendAsync(string chain, IReadOnlyList<StoredAuditRow> rows, bool follows = false, CancellationToken cancellation = default)
    {
        // One after the other, in the order in which they were begun.
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Interlocked.Exchange(ref _turn, done.Task);
        try
        {
            await BeforeWrite();
            return Append(chain, rows, follows);
        }
        finally
        {
            done.SetResult();
        }
    }

    private IReadOnlyCollection<string> Append(string chain, IReadOnlyList<StoredAuditRow> rows, bool follows)
    {
        var fault = Fault();
        if (fault == StorageFault.BeforeWrite) throw new IOException("the disk is full");
        lock (_chains)
        {
            Writes++;
            var stored = Of(chain);
            string[] known = [.. rows.Select(r => r.Key).Where(key => stored.Values.Any(s => s.Key == key))];
            if (known.Length > 0) return known;
            if (fault == StorageFault.Conflict || (follows && !stored.ContainsKey(rows[0].Sequence - 1)) || rows.Any(r => stored.ContainsKey(r.Sequence))) throw new AuditSequenceTakenException(chain, rows[0].Sequence);
            foreach (var row in rows) stored.Add(row.Sequence, row);
        }
        return fault == StorageFault.AfterWrite ? throw new TimeoutException("no answer from the store") : [];
    }

    public Task<StoredAuditRow?> FindAsync(string chain, long sequence, CancellationToken cancellation = default) =>
        Task.FromResult(Rows(chain).FirstOrDefault(r => r.Sequence == sequence));

    public Task<StoredAuditRow?> FindAsync(string chain, string key, CancellationToken cancellation = default) => Task.FromResult(Rows(chain).FirstOrDefault(r => r.Key == key));

    public IAsyncEnumerable<StoredAuditRow> ReadAsync(string chain, long first, CancellationToken cancellation = default) =>
        Rows(chain).Where(r => r.Sequence >= first).ToAsyncEnumerable();

    public IAsyncEnumerable<StoredAuditRow> ReadBackAsync(string chain, long last, CancellationToken cancellation = default) =>
        Rows(chain).Where(r => r.Sequence <= last).Reverse().ToAsyncEnumerable();

    public Task RemoveAsync(string chain, long first, CancellationToken cancellation = default)
    {
        lock (_chains)
        {
            foreach (var sequence in Of(chain).Keys.Where(k => k < first).ToArray()) Of(chain).Remove(sequence);
        }
        return Task.CompletedTask;
    }

    private SortedList<long, StoredAuditRow> Of(string chain) => _chains.GetOrAdd(chain, _ => []);
}
