using System.Runtime.CompilerServices;
using Ptune.Contracts.Stores;
using Ptune.Simulation.Tests.Machines;

namespace Ptune.Simulation.Tests.Stores;

/// <summary>The audit trail as one machine reaches it.</summary>
internal sealed class AuditClient(AuditTrail trail, Machine machine) : IAuditStore
{
    private const double Fault = 0.03;

    public Task<IReadOnlyCollection<string>> AppendAsync(string chain, IReadOnlyList<StoredAuditRow> rows, bool follows = false, CancellationToken cancellation = default) =>
        StoreTrip.GoAsync<IReadOnlyCollection<string>>(machine, Fault, done =>
        {
            var known = trail.Append(chain, rows);
            done(() => known ?? throw new AuditSequenceTakenException(chain, rows[0].Sequence));
        });

    public Task<StoredAuditRow?> FindAsync(string chain, long sequence, CancellationToken cancellation = default) => GetAsync(() => trail.Of(chain).GetValueOrDefault(sequence));

    public Task<StoredAuditRow?> FindAsync(string chain, string key, CancellationToken cancellation = default) => GetAsync(() => trail.Of(chain).Values.FirstOrDefault(r => r.Key == key));

    public async IAsyncEnumerable<StoredAuditRow> ReadAsync(string chain, long first, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var row in await GetAsync(() => trail.Of(chain).Values.Where(r => r.Sequence >= first).ToArray())) yield return row;
    }

    public async IAsyncEnumerable<StoredAuditRow> ReadBackAsync(string chain, long last, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var row in await GetAsync(() => trail.Of(chain).Values.Where(r => r.Sequence <= last).Reverse().ToArray())) yield return row;
    }

    public Task RemoveAsync(string chain, long first, CancellationToken cancellation = default) => throw new NotSupportedException();

    private Task<T> GetAsync<T>(Func<T> read) => StoreTrip.GoAsync<T>(machine, Fault, done =>
    {
        var value = read();
        done(() => value);
    });
}
