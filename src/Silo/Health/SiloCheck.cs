using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Runtime;

namespace Ptune.Silo.Health;

/// <summary>Whether this silo is an active member of its cluster, and does not stop.</summary>
internal sealed class SiloCheck(ISiloStatusOracle oracle, IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = oracle.CurrentStatus;
        return Task.FromResult(
            lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("The server is stopping.")
            : status == SiloStatus.Active ? HealthCheckResult.Healthy("The silo is active.")
            : HealthCheckResult.Unhealthy($"The silo is {status}."));
    }
}
