using System.Diagnostics;
using Ptune.Contracts.Telemetry;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Ptune.Protocol.Telemetry;

/// <summary>A run's span in the executor belongs to the attempt's: the message carries a W3C traceparent. The strategy of StreamJsonRpc keeps the parent, but begins a trace of its own.</summary>
internal sealed class CallTracing : IActivityTracingStrategy
{
    public void ApplyOutboundActivity(JsonRpcRequest request) => request.TraceParent = Tracing.Current;

    public IDisposable? ApplyInboundActivity(JsonRpcRequest request) => Tracing.Start(request.Method ?? "call", request.TraceParent, ActivityKind.Server);
}
