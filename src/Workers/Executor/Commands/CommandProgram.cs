using System.Runtime.InteropServices;
using Ptune.Cli.Output;
using Ptune.Contracts.Commands;
using Ptune.Learning;

namespace Ptune.Executor.Commands;

/// <summary>The life of a command on files: <c>Ptune.Executor COMMAND REQUEST</c>, where the request is JSON. The client has checked the user's words.</summary>
internal static class CommandProgram
{
    /// <returns>The process's exit code, one of <see cref="CommandExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var streams = CommandStreams.Open();
        if (arguments is not [var name, var request] || !CommandTable.All.TryGetValue(name, out var command))
        {
            streams.Problem("This program is started by ptune.", $"Its commands: {string.Join(", ", CommandTable.All.Keys)}.");
            return CommandExitCode.Usage;
        }
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        // A large stack: the work may recurse, as deep as its own limits allow.
        var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => done.SetResult(Run(command, request, streams, stop.Token)), maxStackSize: 64 << 20) { IsBackground = true, Name = name }.Start();
        return await done.Task;

        void Stop(PosixSignalContext context)
        {
            // The first one asks; the second one ends the process at once.
            context.Cancel = !stop.IsCancellationRequested;
            _ = stop.CancelAsync();
        }
    }

    /// <summary>Runs a command and says in words what went wrong.</summary>
    internal static int Run(FileCommand command, string request, CommandStreams streams, CancellationToken stop)
    {
        try
        {
            var code = command.Run(request, streams, stop);
            streams.Output.Flush();
            return code;
        }
        catch (OutputException e)
        {
            return Explain(e, streams);
        }
        catch (Exception e)
        {
            try
            {
                // What was right before the fault is shown all the same.
                streams.Output.Flush();
            }
            catch (OutputException unwritten)
            {
                return Explain(unwritten, streams);
            }
            return e is OperationCanceledException && stop.IsCancellationRequested ? CommandExitCode.Interrupted : Explain(e, streams);
        }
    }

    private static int Explain(Exception failure, CommandStreams streams)
    {
        switch (failure)
        {
            case OutputException { ReaderLeft: true }:
                return CommandExitCode.ReaderLeft;
            case OutputException:
                streams.Problem($"The output cannot be written: {failure.Message}");
                return CommandExitCode.NotWritten;
            case CommandException command:
                streams.Problem(command.Message, command.Fix);
                return command.ExitCode;
            case FileNotFoundException or DirectoryNotFoundException:
                streams.Problem(failure.Message);
                return CommandExitCode.NotFound;
            case LearningException or IOException or UnauthorizedAccessException:
                streams.Problem(failure.Message);
                return CommandExitCode.Usage;
            case DeviceMemoryException:
                streams.Problem(failure.Message);
                return CommandExitCode.Failed;
            default:
                streams.Problem("This is a fault of ptune itself; please report it with the lines below.");
                streams.Error.WriteLine(failure);
                return CommandExitCode.Failed;
        }
    }
}
