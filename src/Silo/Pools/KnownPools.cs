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

    private readonly TenantPools _tenants = new(time);
    private HashSet<string> _known = [];
    private HashSet<string> _ofRows = [];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private TimeSpan _reading;
    private long? _read;

    public async Task<PoolView[]> ViewsAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        var names = new HashSet<string>(_ofRows) { Scheduling.DefaultPool };
        names.UnionWith(await AwakeAsync());
        _known = names;
        return await Task.WhenAll(names.Order(StringComparer.Ordinal).Select(name => grains.GetGrain<IPoolGrain>(name).Get()));
    }

    /// <summary>Why a tenant may not have jobs in this pool; null when it may. A pool that is known already costs nothing more.</summary>
    public string? Refusal(string tenant, string pool, int most) =>
        pool == Scheduling.DefaultPool || _known.Contains(pool) ? null : _tenants.Refusal(tenant, pool, most);

    public void Dispose() => _turn.Dispose();

    private async Task ReadAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_read is { } last && time.GetElapsedTime(last) < _reading * ReadingShare) return;
            var begin = time.GetTimestamp();
            var ofRows = new HashSet<string>();
            await foreach (var row in catalog.QueryAsync(new JobQuery { Statuses = JobStatusExtensions.NotFinal, IsUnordered = true }, cancellation))
            {
                if (row.Pool.Length == 0) continue;
                ofRows.Add(row.Pool);
                _tenants.See(row.Tenant, row.Pool);
            }
            await foreach (var expected in catalog.ListExpectedAsync(pool: null, DateTimeOffset.MaxValue, cancellation)) ofRows.Add(expected.Pool);
            (_ofRows, _reading, _read) = (ofRows, time.GetElapsedTime(begin), time.GetTimestamp());
            _tenants.Round = _reading * ReadingShare;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<IEnumerable<string>> AwakeAsync()
    {
        var type = grains.GetGrain<IPoolGrain>(Scheduling.DefaultPool).GetGrainId().Type;
        var active = await grains.GetGrain<IManagementGrain>(0).GetActiveGrains(type);
        return active.Select(id => id.Key.ToString()!);
    }
}
