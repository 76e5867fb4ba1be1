using Orleans.Runtime;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Stores;

namespace Ptune.Silo.Pools;

/// <summary>
/// The pools in use. A pool is a name that jobs or workers use; nobody keeps a list. So: the default one, those of jobs that are not final, and those that have workers. One that
/// is used no more is named for some minutes yet, so that whoever reads its figures sees them go to zero.
/// </summary>
internal sealed class KnownPools(IGrainFactory grains, ICatalog catalog, TimeProvider time) : IDisposable
{
    // Of the time, the part that may go into reading the rows of jobs: there may be a million.
    private const int ReadingShare = 20;

    private readonly UsedPools _used = new(time);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private TimeSpan _reading;
    private long? _read;

    public async Task<PoolView[]> ViewsAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        var names = (await AwakeAsync()).Concat(_used.Names).Distinct().Order(StringComparer.Ordinal);
        var views = await Task.WhenAll(names.Select(name => grains.GetGrain<IPoolGrain>(name).Get()));
        foreach (var view in views) _used.See(view);
        var used = _used.Names.ToHashSet();
        return [.. views.Where(view => used.Contains(view.Name))];
    }

    /// <inheritdoc cref="UsedPools.Refusal"/>
    public string? Refusal(string tenant, string pool, int most) => _used.Refusal(tenant, pool, most);

    public void Dispose() => _turn.Dispose();

    private async Task ReadAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_read is { } last && time.GetElapsedTime(last) < _reading * ReadingShare) return;
            var begin = time.GetTimestamp();
            await foreach (var row in catalog.QueryAsync(new JobQuery { Statuses = JobStatusExtensions.NotFinal, IsUnordered = true }, cancellation))
                if (row.Pool.Length > 0) _used.See(row.Tenant, row.Pool);
            await foreach (var expected in catalog.ListExpectedAsync(pool: null, time.GetUtcNow(), cancellation)) _used.See(expected.Pool);
            (_reading, _read) = (time.GetElapsedTime(begin), time.GetTimestamp());
            _used.Round = _reading * ReadingShare;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<IEnumerable<string>> AwakeAsync()
    {
        var type = grains.GetGrain<IPoolGrain>(UsedPools.Default).GetGrainId().Type;
        var active = await grains.GetGrain<IManagementGrain>(0).GetActiveGrains(type);
        return active.Select(id => id.Key.ToString()!);
    }
}
