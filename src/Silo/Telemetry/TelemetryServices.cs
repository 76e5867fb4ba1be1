using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Ptune.Contracts.Stores;
using Ptune.Silo.Hosting;

namespace Ptune.Silo.Telemetry;

/// <summary>What /metrics shows.</summary>
internal static class TelemetryServices
{
    // Of an instrument. OpenTelemetry's own limit of 2,000 would silently leave out whole pools: ptune_pool_waits has eleven series for each.
    private const int MostSeries = 20_000;

    public static void AddServerTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<ServerMetrics>();
        services.AddHostedService<PoolSampling>();
        services.DecorateCatalog();
        services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("ptune-silo", serviceVersion: BuildInfo.Version)).WithMetrics(metrics => metrics
            .AddMeter(ServerMetrics.MeterName, "Microsoft.Orleans")
            .AddView(instrument => instrument.Meter.Name == ServerMetrics.MeterName ? new MetricStreamConfiguration { CardinalityLimit = MostSeries } : null)
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
