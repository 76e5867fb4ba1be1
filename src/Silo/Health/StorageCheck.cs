using Microsoft.Extensions.Diagnostics.HealthChecks;
using Ptune.Contracts.Stores;

namespace Ptune.Silo.Health;

/// <summary>Whether the catalog answers.</summary>
internal sealed class StorageCheck(ICatalog catalog) : IHealthCheck
{
    /// <summary>An id that no job has: to look it up reads the store and finds nothing.</summary>
    private static readonly string Nobody = $"health.{new string('0', 32)}";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await catalog.FindAsync(Nobody, cancellationToken);
            return HealthCheckResult.Healthy("The store answers.");
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"The store does not answer: {e.Message}");
        }
    }
}
