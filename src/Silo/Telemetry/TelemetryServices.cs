using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Ptune.Contracts.Stores;
using Ptune.Silo.Security;

namespace Ptune.Silo.Telemetry;

/// <summary>What /metrics shows.</summary>
internal static class TelemetryServices
{
    private const string Path = "/metrics";

    public static void AddServerTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<ServerMetrics>().AddSingleton<PoolFigures>();
        services.AddHostedService<PoolSampling>();
        services.DecorateCatalog();
        services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("ptune-silo", serviceVersion: BuildInfo.Version)).WithMetrics(metrics => metrics
            .AddMeter(ServerMetrics.MeterName, "Microsoft.Orleans")
            .AddAspNetCoreInstrumentation()
            .AddRuntimeInstrumentation()
            .AddPrometheusExporter());
    }

    public static void MapServerMetrics(this WebApplication app) =>
        app.MapPrometheusScrapingEndpoint(Path, meterProvider: null, configureBranchedPipeline: page => page.UseMiddleware<PoolPage>(), optionsName: null).RequireAuthorization(Policies.ViewerOrLocal);

    private static void DecorateCatalog(this IServiceCollection services)
    {
        var inner = services.Last(s => s.ServiceType == typeof(ICatalog));
        services.Remove(inner);
        services.AddSingleton<ICatalog>(provider => new CountingCatalog((ICatalog)inner.ImplementationFactory!(provider), provider.GetRequiredService<ServerMetrics>()));
    }
}
