using System.Diagnostics;

namespace Ptune.Fixtures.Processes;

/// <summary>
/// One program that runs until it is ended, its output in a file. The file is the program's own, so no reader can fall
/// behind and block it, and what it said last is there after a crash.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly Process _process;

    private ServerProcess(Process process, string logFile)
    {
        _process = process;
        LogFile = logFile;
        Id = process.Id;
    }

    /// <summary>The program's own process id: no shell stands before it.</summary>
    public int Id { get; }

    /// <summary>Where its output goes.</summary>
    public string LogFile { get; }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Its exit code, once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a program; its output is appended to <paramref name="logFile"/>.</summary>
    /// <param name="environment">Set on top of the test's own; null removes a variable.</param>
    public static ServerProcess Start(
        string program, IEnumerable<string> arguments, string logFile, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(logFile))!);
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >>\"$PTUNE_LOG\" 2>&1 </dev/null", program, .. arguments]);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["PTUNE_LOG"] = logFile;
        return new ServerProcess(Process.Start(start)!, logFile);
    }

    /// <summary>Waits until it ends by itself.</summary>
    public Task EndAsync(CancellationToken cancellation = default) => _process.WaitForExitAsync(cancellation);

    /// <summary>Asks it to end (SIGTERM) and waits; kills it when it does not follow.</summary>
    public async Task StopAsync()
    {
        Signals.Send(Id, UnixSignal.Terminate);
        try
        {
            await _process.WaitForExitAsync().WaitAsync(s_patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await KillAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Kills it and what it started (SIGKILL), and waits until the kernel is rid of it.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>The end of what it said.</summary>
    public string LogTail(int lines = 30) =>
        File.Exists(LogFile) ? string.Join('\n', File.ReadLines(LogFile).TakeLast(lines)) : "(it said nothing)";

    /// <inheritdoc cref="KillAsync"/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        _process.Dispose();
    }
}
