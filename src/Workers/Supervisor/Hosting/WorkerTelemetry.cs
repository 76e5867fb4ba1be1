using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Ptune.Protocol.Telemetry;

namespace Ptune.Supervisor.Hosting;

/// <summary>What a worker exports where that is configured.</summary>
internal static class WorkerTelemetry
{
    public static void Add(IServiceCollection services)
    {
        if (!OtlpExport.IsConfigured("TRACES") && !OtlpExport.IsConfigured("LOGS")) return;
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("ptune-worker"));
        if (OtlpExport.IsConfigured("TRACES")) telemetry.WithTracing(traces => traces.AddSource(OtlpExport.Sources).AddOtlpExporter());
        if (OtlpExport.IsConfigured("LOGS")) telemetry.WithLogging(logs => logs.AddOtlpExporter(), options => (options.IncludeScopes, options.IncludeFormattedMessage) = (true, true));
    }
}
