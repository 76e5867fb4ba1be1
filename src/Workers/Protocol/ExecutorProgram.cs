using System.Globalization;
using System.Runtime.InteropServices;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Ptune.Protocol.Telemetry;
using StreamJsonRpc;

namespace Ptune.Protocol;

/// <summary>The life of an executor process: it serves the supervisor that started it, and ends when that ends, however that ends.</summary>
public static class ExecutorProgram
{
    /// <summary>The variable in which a supervisor gives its process id.</summary>
    public const string ParentVariable = "PTUNE_SUPERVISOR";

    // In ms. Whoever waits for this process is about to kill it.
    private const int LastSpans = 1000;

    /// <summary>Serves until the supervisor closes the connection.</summary>
    /// <param name="create">Makes the executor, given the way to tell the supervisor of events.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(Func<IExecutorEvents, IExecutor> create)
    {
        var streams = StandardStreams.Take();
        FollowParent();
        // Ctrl-C in a terminal and a service manager's stop reach the whole group: what becomes of the job is the supervisor's decision.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true);

        var traces = OtlpExport.StartTraces("ptune-executor");
        using var connection = ProtocolConnection.Over(streams.Output, streams.Input);
        connection.AddLocalRpcTarget(create(connection.Attach<IExecutorEvents>()), null);
        connection.StartListening();
        try
        {
            await connection.Completion;
        }
        catch (Exception e) when (e is IOException or ConnectionLostException or ObjectDisposedException)
        {
            // The supervisor died in the middle of a message.
        }

        traces?.ForceFlush(LastSpans);
        // A job may still run: nobody waits for it any more, and nothing that it writes would count.
        Posix.Exit(0);
        return 0;
    }

    private static void FollowParent()
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable(ParentVariable), CultureInfo.InvariantCulture, out var parent)) return;
        Posix.DieWithParent();
        // It may have died before the line above.
        if (Posix.ParentId() != parent) Posix.Exit(0);
    }
}
