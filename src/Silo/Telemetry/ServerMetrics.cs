using System.Diagnostics.Metrics;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;

namespace Ptune.Silo.Telemetry;

/// <summary>Our own figures whose labels are few, in Prometheus: ptune_jobs_finished_total, ptune_requests_refused_total, ptune_build_info; docs/metrics.md lists all. Those of pools are <see cref="PoolFigures"/>.</summary>
internal sealed class ServerMetrics
{
    public const string MeterName = "Ptune";

    private readonly Counter<long> _finished;
    private readonly Counter<long> _refused;

    public ServerMetrics(IMeterFactory meters, ServerInfo info)
    {
        var meter = meters.Create(MeterName, info.Version);
        meter.CreateObservableGauge("ptune.build.info", () => new Measurement<long>(1, Tag("version", info.Version), Tag("mode", info.Mode)), description: "Always 1; the labels have the version and mode.");
        _finished = meter.CreateCounter<long>("ptune.jobs.finished", "{job}", "Jobs and studies that became final, written by this silo.");
        _refused = meter.CreateCounter<long>("ptune.requests.refused", "{request}", "Requests that this silo refused: without access, or for a change that cannot be made.");
    }

    public void Finished(string kind, JobStatus status) => _finished.Add(1, Tag("kind", kind), Tag("status", status.ToString().ToLowerInvariant()));

    public void Refused(int status) => _refused.Add(1, new KeyValuePair<string, object?>("status", status));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
