using System.Collections.Concurrent;
using Orleans.Runtime;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;

namespace Ptune.Silo.Pools;

/// <summary>
/// The pools that there are. A pool is a name that jobs or workers use; nobody keeps a list. So: the default one, those of jobs that are
/// not final, and those whose grain is awake, as each pool with workers or new jobs is.
/// </summary>
internal sealed class KnownPools(IGrainFactory grains, ICatalog catalog, TimeProvider time) : IDisposable
{
    // Of the time, the part that may go into reading the rows of jobs: there may be a million.
    private const int ReadingShare = 20;

    /// <summary>Named for as long as the process lives, so that a metric that was seen once goes to zero and does not vanish.</summary>
    private readonly ConcurrentDictionary<string, byte> _seen = new([new(new Scheduling().Pool, 0)]);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private TimeSpan _reading;
    private long? _read;

    public async Task<PoolView[]> ViewsAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        foreach (var awake in await AwakeAsync()) _seen.TryAdd(awake, 0);
        return await Task.WhenAll(_seen.Keys.Order(StringComparer.Ordinal).Select(name => grains.GetGrain<IPoolGrain>(name).Get()));
    }

    public void Dispose() => _turn.Dispose();

    private async Task ReadAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_read is { } last && time.GetElapsedTime(last) < _reading * ReadingShare) return;
            var begin = time.GetTimestamp();
            await foreach (var row in catalog.QueryAsync(new JobQuery { Statuses = JobStatusExtensions.NotFinal, IsUnordered = true }, cancellation))
                if (row.Pool.Length > 0) _seen.TryAdd(row.Pool, 0);
            await foreach (var expected in catalog.ListExpectedAsync(pool: null, DateTimeOffset.MaxValue, cancellation)) _seen.TryAdd(expected.Pool, 0);
            (_reading, _read) = (time.GetElapsedTime(begin), time.GetTimestamp());
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<IEnumerable<string>> AwakeAsync()
    {
        var type = grains.GetGrain<IPoolGrain>(new Scheduling().Pool).GetGrainId().Type;
        var active = await grains.GetGrain<IManagementGrain>(0).GetActiveGrains(type);
        return active.Select(id => id.Key.ToString()!);
    }
}
