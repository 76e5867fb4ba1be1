using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Ptune.Cli.Servers;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.FileCommands;

/// <summary>
/// Runs a command on files in the executor's program, which alone knows models and tokenizers. It reads and writes this client's own standard
/// streams, and its exit code is the client's.
/// </summary>
internal static class ExecutorChild
{
    private const int KilledBySignal = 128;

    // The kernel's MAX_ARG_STRLEN, less the byte that ends a word.
    private const int LongestWord = (32 * 4096) - 1;

    /// <param name="session">Gives the terminal and the environment.</param>
    /// <param name="command">The command's name in the executor's table.</param>
    /// <param name="request">What it is asked, one of the records of <c>Ptune.Contracts.Commands</c>.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="CliException">The program is missing or cannot be started, or the request is too long to be passed on.</exception>
    public static async Task<int> RunAsync<TRequest>(Session session, string command, TRequest request)
    {
        var program = ProgramFile.Find(session, "Executor", "PTUNE_EXECUTOR", "The executor's program", "");
        var asked = JsonSerializer.Serialize(request, SpecJson.Options);
        if (Encoding.UTF8.GetByteCount(asked) is > LongestWord and var length)
            throw new CliException(ExitCode.Usage, $"The command line comes to {length:N0} bytes; at most {LongestWord:N0} can be passed on.", "Put long texts into a file, or fewer texts into one command.");
        var words = ChildCommand.Words(program, command, asked);
        using var interruption = new Interruption();
        using var process = new Process { StartInfo = new ProcessStartInfo(words[0], words[1..]) { UseShellExecute = false } };
        // Threads that spin while they wait take the processor from everybody else on this machine.
        process.StartInfo.Environment.TryAdd("OMP_WAIT_POLICY", "PASSIVE");
        var exited = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // The kernel takes the end of the starting thread for the end of the parent: the thread lives as long as the child does.
        new Thread(() => Run(process, started, exited)) { IsBackground = true, Name = command }.Start();
        await started.Task;
        await using var passOn = interruption.Token.Register(() => Terminate(process));
        interruption.Leaving = () => Kill(process);
        var code = await exited.Task;
        if (code > KilledBySignal && code is not (ExitCode.Interrupted or ExitCode.ReaderLeft) && !interruption.Token.IsCancellationRequested)
            session.Terminal.Problem($"The executor's process was ended by signal {code - KilledBySignal}.", code == KilledBySignal + 9 ? "Often the machine has run out of memory: see the kernel's log." : null);
        return interruption.Token.IsCancellationRequested ? ExitCode.Interrupted : code;
    }

    private static void Run(Process process, TaskCompletionSource started, TaskCompletionSource<int> exited)
    {
        try
        {
            process.Start();
            started.SetResult();
            process.WaitForExit();
            exited.SetResult(process.ExitCode);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            started.TrySetException(new CliException(ExitCode.Unreachable, $"The executor's program cannot be started: {e.Message}"));
            exited.TrySetResult(ExitCode.Unreachable);
        }
    }

    private static void Terminate(Process process)
    {
        if (!process.HasExited) ChildCommand.Terminate(process.Id);
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited) process.Kill();
    }
}
