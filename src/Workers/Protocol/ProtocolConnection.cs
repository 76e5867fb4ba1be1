using System.Text.Json.Serialization;
using Microsoft.VisualStudio.Threading;
using Ptune.Contracts.Specs;
using Ptune.Protocol.Telemetry;
using StreamJsonRpc;

namespace Ptune.Protocol;

/// <summary>JSON-RPC over two pipes, each message with its length before it. Calls of one side arrive in the order in which they were made.</summary>
public static class ProtocolConnection
{
    /// <summary>A connection that does not listen yet: attach targets and proxies, then call StartListening.</summary>
    public static JsonRpc Over(Stream sending, Stream receiving)
    {
        var formatter = new SystemTextJsonFormatter();
        SpecJson.Apply(formatter.JsonSerializerOptions);
        // A training that diverges has no finite loss; that is the supervisor's to judge, not the transport's.
        formatter.JsonSerializerOptions.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        return new JsonRpc(new LengthHeaderMessageHandler(sending, receiving, formatter))
        {
            ActivityTracingStrategy = new CallTracing(),
            // One call begins after the other has begun to wait, or ended.
            SynchronizationContext = new NonConcurrentSynchronizationContext(sticky: false),
        };
    }
}
