using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Ptune.Contracts.Stores;
using Ptune.Protocol.Telemetry;
using Ptune.Silo.Security;

namespace Ptune.Silo.Telemetry;

/// <summary>What /metrics shows.</summary>
internal static class TelemetryServices
{
    private const string Path = "/metrics";

    public static void AddServerTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<ServerMetrics>().AddSingleton<PoolFigures>().AddSingleton<BudgetFigures>();
        services.AddHostedService<PoolSampling>().AddHostedService<BudgetSampling>();
        services.DecorateCatalog();
        services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("ptune-silo", serviceVersion: BuildInfo.Version)).WithMetrics(metrics => metrics
            .AddMeter(ServerMetrics.MeterName, "Microsoft.Orleans")
            .AddAspNetCoreInstrumentation()
            .AddRuntimeInstrumentation()
            .AddPrometheusExporter());
        if (OtlpExport.IsConfigured("METRICS")) services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddOtlpExporter());
        if (OtlpExport.IsConfigured("LOGS")) services.AddOpenTelemetry().WithLogging(logs => logs.AddOtlpExporter(), options => (options.IncludeScopes, options.IncludeFormattedMessage) = (true, true));
        if (OtlpExport.IsConfigured("TRACES")) services.AddOpenTelemetry().WithTracing(traces => traces
            .AddSource(OtlpExport.Sources)
            .AddAspNetCoreInstrumentation(http => http.Filter = request => !IsProbe(request.Request.Path))
            .AddOtlpExporter());
    }

    /// <summary>Probes and scrapes come by the dozen a minute and are nobody's work.</summary>
    private static bool IsProbe(PathString path) => path.StartsWithSegments("/health") || path == Path;

    public static void MapServerMetrics(this WebApplication app) =>
        app.MapPrometheusScrapingEndpoint(Path, meterProvider: null, configureBranchedPipeline: page => page.UseMiddleware<PoolPage>(), optionsName: null).RequireAuthorization(Policies.ViewerOrLocal);

    private static void DecorateCatalog(this IServiceCollection services)
    {
        var inner = services.Last(s => s.ServiceType == typeof(ICatalog));
        services.Remove(inner);
        services.AddSingleton<ICatalog>(provider => new CountingCatalog((ICatalog)inner.ImplementationFactory!(provider), provider.GetRequiredService<ServerMetrics>()));
    }
}
