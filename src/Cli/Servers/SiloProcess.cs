using System.Diagnostics;

namespace Ptune.Cli.Servers;

/// <summary>
/// A server that this client started. Ctrl-C in the terminal reaches only the client, which passes it on in its own time; and the kernel
/// ends it when the client dies, so that none is left behind.
/// </summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private readonly TaskCompletionSource _started = new();
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _lastLines = [];
    private readonly string _announcement;
    private readonly Action<string> _log;
    private Process? _process;

    private SiloProcess(string store, Action<string> log)
    {
        _log = log;
        // In the store, since that is writable if anything is: the folder for temporary files may not be.
        _announcement = Path.Combine(store, $"announcement-{Environment.ProcessId}-{Guid.NewGuid():N}.json");
    }

    /// <summary>The exit code, once it has exited.</summary>
    public Task<int> Exited => _exited.Task;

    /// <param name="program">Ptune.Silo.dll.</param>
    /// <param name="settings">What it is told.</param>
    /// <param name="log">Takes each line that the server writes.</param>
    public static async Task<SiloProcess> StartAsync(string program, SiloSettings settings, Action<string> log)
    {
        var silo = new SiloProcess(settings.Store, log);
        var start = silo.Describe(program, settings);
        // The kernel takes the end of the starting thread for the end of the parent: the thread lives as long as the server does.
        new Thread(() => silo.Run(start)) { IsBackground = true, Name = "server" }.Start();
        await silo._started.Task;
        return silo;
    }

    /// <summary>Waits until the server says that it is ready.</summary>
    /// <exception cref="StoreInUseException">It ended, because another server has the store.</exception>
    /// <exception cref="CliException">It ended for another reason; the details are its last lines.</exception>
    public async Task<ServerFile> ReadyAsync(TimeProvider clock, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), clock);
        while (true)
        {
            if (ServerFile.Read(_announcement) is { } file) return file;
            if (_exited.Task.IsCompleted) throw await FailedAsync();
            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    /// <summary>Asks it to stop: what runs is checkpointed first.</summary>
    public void Terminate()
    {
        if (_process is { } process && !_exited.Task.IsCompleted) ChildCommand.Terminate(process.Id);
    }

    /// <summary>Stops it and waits.</summary>
    public async ValueTask DisposeAsync()
    {
        Terminate();
        await _exited.Task;
        // The server removes it when it stops in order; nobody looks for it any more.
        if (File.Exists(_announcement)) File.Delete(_announcement);
    }

    private async Task<CliException> FailedAsync()
    {
        var code = await _exited.Task;
        string[] lines;
        lock (_lastLines) lines = [.. _lastLines];
        var message = $"The server did not start (exit code {code}).";
        if (code == SiloProgram.StoreInUse) return new StoreInUseException(message, lines);
        // A refusal of the settings is for the user to correct.
        return new CliException(code == ExitCode.Usage ? ExitCode.Usage : ExitCode.Unreachable, message, details: lines);
    }

    private void Run(ProcessStartInfo start)
    {
        try
        {
            using var process = new Process { StartInfo = start };
            process.OutputDataReceived += (_, line) => Keep(line.Data);
            process.ErrorDataReceived += (_, line) => Keep(line.Data);
            process.Start();
            _process = process;
            process.StandardInput.Close();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            _started.SetResult();
            process.WaitForExit();
            _exited.SetResult(process.ExitCode);
        }
        catch (Exception e)
        {
            _started.TrySetException(new CliException(ExitCode.Unreachable, $"The server cannot be started: {e.Message}"));
            _exited.TrySetResult(-1);
        }
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            while (_lastLines.Count > 15) _lastLines.Dequeue();
        }
        _log(line);
    }

    private ProcessStartInfo Describe(string program, SiloSettings settings)
    {
        var words = ChildCommand.Words(program, "--announce", _announcement);
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings.Variables()) start.Environment[name] = value;
        return start;
    }
}
