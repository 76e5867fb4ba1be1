using System.Text;
using System.Text.Json;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Telemetry;

/// <summary>
/// What Prometheus reads about the pools: ptune_pool_jobs, ptune_pool_tenant_jobs, ptune_pool_waits, ptune_pool_workers. They are written here and not by
/// OpenTelemetry: an instrument of its SDK has room for 2,000 sets of labels, keeps it for each set that it ever saw, and drops every later one, and a pool
/// that is dropped here is one that no autoscaler starts workers for.
/// </summary>
internal sealed class PoolFigures(TimeProvider time)
{
    /// <summary>How long an idle pool is still shown: collectors and autoscalers see that it has come to zero. Then it leaves, so that pools that come and go do not add up.</summary>
    private static readonly TimeSpan Lingering = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, long> _busy = [];
    private volatile PoolView[] _shown = [];

    /// <summary>Takes the pools as they stand. Called by one thread at a time.</summary>
    public void Observe(IReadOnlyCollection<PoolView> pools)
    {
        var now = time.GetTimestamp();
        foreach (var pool in pools.Where(IsBusy)) _busy[pool.Name] = now;
        foreach (var (name, last) in _busy.ToArray())
            if (time.GetElapsedTime(last, now) > Lingering) _busy.Remove(name);
        _shown = [.. pools.Where(p => p.Name == Scheduling.DefaultPool || _busy.ContainsKey(p.Name))];
    }

    /// <summary>In Prometheus' text format, which is OpenMetrics' too but for the line that ends it.</summary>
    /// <param name="sees">Whether the reader may see a tenant.</param>
    public string Text(Func<string, bool>? sees = null)
    {
        var pools = _shown;
        var page = new StringBuilder();
        GaugeText.Family(page, "ptune_pool_jobs", "Jobs of a pool that are queued or leased to a worker. Each silo reports the whole: take the maximum, not the sum.", pools.SelectMany(Jobs));
        GaugeText.Family(page, "ptune_pool_tenant_jobs", "As ptune_pool_jobs, by tenant.", pools.SelectMany(pool => TenantJobs(pool, sees ?? (_ => true))));
        GaugeText.Family(page, "ptune_pool_waits", "Queued jobs of a pool by the rule that holds them.", pools.SelectMany(Waits));
        GaugeText.Family(page, "ptune_pool_workers", "Workers of a pool.", pools.Select(p => ($"pool=\"{GaugeText.Escaped(p.Name)}\"", (long)p.Workers.Length)));
        return page.ToString();
    }

    private static bool IsBusy(PoolView pool) => pool.Queued > 0 || pool.Leased > 0 || pool.Workers.Length > 0;

    private static IEnumerable<(string Labels, long Value)> Jobs(PoolView pool) => States($"pool=\"{GaugeText.Escaped(pool.Name)}\"", pool.Queued, pool.Leased);

    private static IEnumerable<(string Labels, long Value)> TenantJobs(PoolView pool, Func<string, bool> sees) =>
        (pool.Tenants ?? []).Where(tenant => sees(tenant.Name)).SelectMany(tenant => States($"pool=\"{GaugeText.Escaped(pool.Name)}\",tenant=\"{GaugeText.Escaped(tenant.Name)}\"", tenant.Queued, tenant.Leased));

    /// <summary>A rule that holds nothing is zero, not absent.</summary>
    private static IEnumerable<(string Labels, long Value)> Waits(PoolView pool) => Enum.GetValues<WaitRule>().Select(rule => (
        $"pool=\"{GaugeText.Escaped(pool.Name)}\",rule=\"{JsonNamingPolicy.CamelCase.ConvertName(rule.ToString())}\"",
        (long)(pool.Waits?.FirstOrDefault(w => w.Rule == rule)?.Jobs ?? 0)));

    private static IEnumerable<(string Labels, long Value)> States(string labels, long queued, long leased) =>
        [($"{labels},state=\"queued\"", queued), ($"{labels},state=\"leased\"", leased)];
}
