using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;

namespace Ptune.WebConsole.Figures;

/// <summary>
/// The jobs of all tenants in numbers. They are read from the catalog's rows when a page asks for them and they are old: a page never waits for that, and an idle server does nothing.
/// </summary>
internal sealed class JobFigures(ICatalog catalog, IGrainFactory grains, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>Of the time, the part that may go into reading rows.</summary>
    private const int ReadingShare = 20;

    private const int MostCauses = 5_000;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    private readonly Dictionary<(string JobId, long Version), FailureCause?> _causes = [];
    private readonly Lock _lock = new();
    private Task? _reading;
    private TimeSpan _took;
    private long _read;
    private volatile IReadOnlyDictionary<string, TenantFigures>? _tenants;

    /// <summary>When they were read; null: they never were.</summary>
    public DateTimeOffset? At { get; private set; }

    /// <summary>The tenants that had jobs when they were read.</summary>
    public IEnumerable<string> Tenants => _tenants?.Keys ?? [];

    /// <summary>As they were last read; the first time, as soon as they are, or null where that takes long.</summary>
    public async Task<TenantFigures?> OfAsync(string tenant)
    {
        var reading = Refresh();
        if (_tenants is null) await Task.WhenAny(reading, Task.Delay(TimeSpan.FromMilliseconds(300), time));
        return _tenants is null ? null : _tenants.GetValueOrDefault(tenant) ?? new TenantFigures();
    }

    /// <summary>Why the newest failed jobs of a tenant failed, the most frequent cause first.</summary>
    public async Task<(FailureCause? Cause, int Jobs, JobRow Newest)[]> CausesAsync(TenantFigures figures)
    {
        var rows = figures.Failures.UnorderedItems.Select(item => item.Element).ToArray();
        var causes = await Task.WhenAll(rows.Select(CauseAsync));
        return [.. rows.Zip(causes).GroupBy(p => p.Second).Select(g => (g.Key, g.Count(), g.MaxBy(p => p.First.Updated).First)).OrderByDescending(g => g.Item2)];
    }

    private async Task<FailureCause?> CauseAsync(JobRow row)
    {
        lock (_lock)
            if (_causes.TryGetValue((row.JobId, row.Version), out var known)) return known;
        var cause = (await grains.GetGrain<IJobGrain>(row.JobId).Get())?.Cause;
        lock (_lock)
        {
            if (_causes.Count >= MostCauses) _causes.Clear();
            _causes[(row.JobId, row.Version)] = cause;
        }
        return cause;
    }

    private Task Refresh()
    {
        lock (_lock)
        {
            if (_reading is { IsCompleted: false }) return _reading;
            var age = time.GetElapsedTime(_read);
            if (_tenants is not null && (age < Fresh || age < _took * ReadingShare)) return Task.CompletedTask;
            return _reading = Task.Run(ReadAsync);
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var begin = time.GetTimestamp();
            var now = time.GetUtcNow();
            var tenants = new Dictionary<string, TenantFigures>();
            await foreach (var row in catalog.QueryAsync(new JobQuery { IsUnordered = true }, lifetime.ApplicationStopping))
            {
                if (!KindNames.IsOfJob(row.Kind)) continue;
                if (!tenants.TryGetValue(row.Tenant, out var figures)) tenants[row.Tenant] = figures = new();
                figures.Add(row, now);
            }
            (At, _took, _read, _tenants) = (now, time.GetElapsedTime(begin), time.GetTimestamp(), tenants);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or TimeoutException)
        {
            // The figures stay as old as they are, and say so. The next page tries again.
        }
    }
}
