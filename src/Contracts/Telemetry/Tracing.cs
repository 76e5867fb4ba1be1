using System.Diagnostics;

namespace Ptune.Contracts.Telemetry;

/// <summary>
/// Our own spans: submit, lease, attempt, run, checkpoint, effect. They are made only where something listens. The trace of a job is that of its first submit, and goes with its state,
/// its lease and its run, since hours may lie between them and another process takes them up.
/// </summary>
public static class Tracing
{
    public const string SourceName = "Ptune";

    public const string JobId = "ptune.job.id";
    public const string JobKind = "ptune.job.kind";
    public const string Tenant = "ptune.tenant";
    public const string Attempt = "ptune.attempt";
    public const string Worker = "ptune.worker";
    public const string Effect = "ptune.effect";
    public const string Step = "ptune.step";

    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Begins a span below another one.</summary>
    /// <param name="name">Of the span.</param>
    /// <param name="trace">A W3C traceparent; null, or one that cannot be read: below the current span.</param>
    /// <param name="kind">Whether it begins where somebody else's work arrives.</param>
    /// <returns>Null where nothing listens.</returns>
    public static Activity? Start(string name, string? trace, ActivityKind kind = ActivityKind.Internal) =>
        ActivityContext.TryParse(trace, null, isRemote: true, out var parent) ? Source.StartActivity(name, kind, parent) : Source.StartActivity(name, kind);

    /// <summary>The span that is under way, as a W3C traceparent; null where there is none.</summary>
    public static string? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;
}
