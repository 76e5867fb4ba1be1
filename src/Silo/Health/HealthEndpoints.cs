using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Health;

/// <summary>
/// /health/live: the process answers. /health/ready: it can take work; Degraded still can, since without a broker jobs are accepted, and
/// found by the workers' own polling; /health says the same. All are open: they hold no secrets, and probes send no token.
/// </summary>
internal static class HealthEndpoints
{
    public const string Ready = "ready";

    public static void AddServerHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<SiloCheck>("silo", tags: [Ready])
        .AddCheck<StorageCheck>("storage", tags: [Ready], timeout: TimeSpan.FromSeconds(5));

    public static void MapServerHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", Options(_ => false)).AllowAnonymous();
        foreach (string path in (string[])["/health", "/health/ready"]) app.MapHealthChecks(path, Options(check => check.Tags.Contains(Ready))).AllowAnonymous();
    }

    private static HealthCheckOptions Options(Func<HealthCheckRegistration, bool> which) => new() { Predicate = which, ResponseWriter = WriteAsync };

    private static async Task WriteAsync(HttpContext http, HealthReport report)
    {
        var checks = report.Entries.ToDictionary(e => e.Key, e => new { status = e.Value.Status, description = Describe(e.Value) });
        await http.Response.WriteAsJsonAsync(new { status = report.Status, acceptsJobs = report.Status != HealthStatus.Unhealthy, checks }, SpecJson.Options, http.RequestAborted);
    }

    private static string? Describe(HealthReportEntry entry) => entry.Status == HealthStatus.Degraded
        ? $"{entry.Description?.TrimEnd('.')}. Jobs are still accepted: workers find them by polling."
        : entry.Description;
}
