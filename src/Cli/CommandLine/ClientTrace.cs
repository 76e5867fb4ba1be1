using System.Diagnostics;

namespace Ptune.Cli.CommandLine;

/// <summary>The trace of one command.</summary>
internal static class ClientTrace
{
    /// <summary>Where a program that starts this one says to which trace it belongs (W3C's traceparent).</summary>
    private const string Variable = "TRACEPARENT";

    public static Activity Start()
    {
        var activity = new Activity("ptune").SetIdFormat(ActivityIdFormat.W3C);
        if (ActivityContext.TryParse(Environment.GetEnvironmentVariable(Variable), Environment.GetEnvironmentVariable("TRACESTATE"), out var parent))
            activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
        return activity.Start();
    }
}
