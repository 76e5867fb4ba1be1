using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Ptune.Contracts.Telemetry;

namespace Ptune.Protocol.Telemetry;

/// <summary>Export by OTLP where OpenTelemetry's own variables say where to. Without them nothing is made and nothing is sent.</summary>
public static class OtlpExport
{
    /// <summary>Spans of ours, of the grains' calls, and of the queue.</summary>
    public static string[] Sources => [Tracing.SourceName, "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application", "MassTransit"];

    /// <param name="signal">TRACES, METRICS or LOGS.</param>
    public static bool IsConfigured(string signal) =>
        !"true".Equals(Variable("OTEL_SDK_DISABLED"), StringComparison.OrdinalIgnoreCase)
        && !"none".Equals(Variable($"OTEL_{signal}_EXPORTER"), StringComparison.OrdinalIgnoreCase)
        && (Variable("OTEL_EXPORTER_OTLP_ENDPOINT") ?? Variable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT")) is not null;

    /// <summary>OpenTelemetry's variables as settings: its SDK reads them from the host's configuration, which has ours alone.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Settings() => Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
        .Where(v => ((string)v.Key).StartsWith("OTEL_", StringComparison.Ordinal)).Select(v => KeyValuePair.Create((string)v.Key, (string?)v.Value));

    /// <summary>For a process without a host.</summary>
    /// <returns>Null where no export is configured.</returns>
    public static TracerProvider? StartTraces(string service) => !IsConfigured("TRACES") ? null : Sdk.CreateTracerProviderBuilder()
        .ConfigureResource(resource => resource.AddService(service)).AddSource(Tracing.SourceName).AddOtlpExporter().Build();

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? text : null;
}
