using System.Diagnostics.Metrics;
using System.Text.Json;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;

namespace Ptune.Silo.Telemetry;

/// <summary>Our own figures, in Prometheus: ptune_pool_jobs, ptune_pool_tenant_jobs, ptune_pool_waits, ptune_pool_workers, ptune_jobs_finished_total, ptune_build_info.</summary>
internal sealed class ServerMetrics
{
    public const string MeterName = "Ptune";

    private readonly Counter<long> _finished;
    private volatile PoolView[] _pools = [];

    public ServerMetrics(IMeterFactory meters, ServerInfo info)
    {
        var meter = meters.Create(MeterName, info.Version);
        meter.CreateObservableGauge("ptune.pool.jobs", Jobs, "{job}",
            "Jobs of a pool that wait (queued) or are in a worker's hands (leased). Each silo reports the whole: take the maximum, not the sum.");
        meter.CreateObservableGauge("ptune.pool.tenant.jobs", TenantJobs, "{job}", "As ptune_pool_jobs, by tenant.");
        meter.CreateObservableGauge("ptune.pool.waits", Waits, "{job}", "Queued jobs of a pool by the rule that holds them.");
        meter.CreateObservableGauge("ptune.pool.workers", () => _pools.Select(p => new Measurement<long>(p.Workers.Length, Tag("pool", p.Name))), "{worker}", "Workers of a pool.");
        meter.CreateObservableGauge("ptune.build.info", () => new Measurement<long>(1, Tag("version", info.Version), Tag("mode", info.Mode)), description: "Always 1; the labels say what runs.");
        _finished = meter.CreateCounter<long>("ptune.jobs.finished", "{job}", "Jobs and studies that became final, written by this silo.");
    }

    public void Observe(PoolView[] pools) => _pools = pools;

    public void Finished(string kind, JobStatus status) => _finished.Add(1, Tag("kind", kind), Tag("status", status.ToString().ToLowerInvariant()));

    private IEnumerable<Measurement<long>> Jobs() => _pools.SelectMany(pool => new[]
    {
        new Measurement<long>(pool.Queued, Tag("pool", pool.Name), Tag("state", "queued")),
        new Measurement<long>(pool.Leased, Tag("pool", pool.Name), Tag("state", "leased")),
    });

    private IEnumerable<Measurement<long>> TenantJobs() => _pools.SelectMany(pool => pool.Tenants ?? [], (pool, tenant) => (pool, tenant)).SelectMany(t => new[]
    {
        new Measurement<long>(t.tenant.Queued, Tag("pool", t.pool.Name), Tag("tenant", t.tenant.Name), Tag("state", "queued")),
        new Measurement<long>(t.tenant.Leased, Tag("pool", t.pool.Name), Tag("tenant", t.tenant.Name), Tag("state", "leased")),
    });

    /// <summary>A rule that holds nothing is zero, not absent.</summary>
    private IEnumerable<Measurement<long>> Waits() => _pools.SelectMany(_ => Enum.GetValues<WaitRule>(), (pool, rule) => new Measurement<long>(
        pool.Waits?.FirstOrDefault(w => w.Rule == rule)?.Jobs ?? 0, Tag("pool", pool.Name), Tag("rule", JsonNamingPolicy.CamelCase.ConvertName(rule.ToString()))));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
