using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Pools;

/// <summary>
/// Takes finished jobs out of the catalog when their specs say so. The jobs' own states stay: they answer equal work at once, and their epochs must never
/// start again.
/// </summary>
internal sealed partial class PoolGrain
{
    // In one look, so that a sweep stays short however much expires at a time.
    private const int MostExpired = 1000;

    // Each look is a query of its own, and nobody waits for it.
    private static readonly TimeSpan _expiryPause = TimeSpan.FromMinutes(1);

    // It does so for pools that nobody uses any more, too: those are inactive.
    private const string EverAwake = Scheduling.DefaultPool;

    private long? _expiryLooked;

    private async Task RemoveExpiredAsync(CancellationToken cancellation)
    {
        if (_expiryLooked is { } looked && _time.GetElapsedTime(looked) < _expiryPause) return;
        try
        {
            var rows = new List<JobRow>();
            await foreach (var row in _catalog.QueryAsync(new JobQuery { Pool = Name == EverAwake ? null : Name, ExpiredBy = Now, Limit = MostExpired }, cancellation)) rows.Add(row);
            await Bounded.ForEachAsync(rows, _options.SweepParallelism, row => _catalog.RemoveAsync(row, cancellation));
            if (rows.Count > 0) LogExpired(Name, rows.Count);
            _expiryLooked = rows.Count < MostExpired ? _time.GetTimestamp() : null;
        }
        catch (Exception problem)
        {
            LogExpiryFailed(Name, problem.Message, problem);
        }
    }
}
