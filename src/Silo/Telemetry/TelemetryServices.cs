using OpenTelemetry.Metrics;
using Ptune.Contracts.Stores;

namespace Ptune.Silo.Telemetry;

/// <summary>What /metrics shows.</summary>
internal static class TelemetryServices
{
    public static void AddServerTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<ServerMetrics>();
        services.AddHostedService<PoolSampling>();
        services.DecorateCatalog();
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(ServerMetrics.MeterName, "Microsoft.Orleans")
            .AddAspNetCoreInstrumentation()
            .AddRuntimeInstrumentation()
            .AddPrometheusExporter());
    }

    private static void DecorateCatalog(this IServiceCollection services)
    {
        var inner = services.Last(s => s.ServiceType == typeof(ICatalog));
        services.Remove(inner);
        services.AddSingleton<ICatalog>(provider => new CountingCatalog((ICatalog)inner.ImplementationFactory!(provider), provider.GetRequiredService<ServerMetrics>()));
    }
}
