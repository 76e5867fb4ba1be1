using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.Silo.Tests.Support;

/// <summary>A real server process on free ports. It is ready when its start line is read; waiting for that is waiting for an event, not for time.</summary>
public sealed partial class SiloProcess : IAsyncDisposable
{
    /// <summary>The program as it is built and run; the copy beside the tests lies among other programs' settings.</summary>
    private static readonly string Program = Path.Combine(Repository.Root, "artifacts", "bin", "Silo", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "Ptune.Silo");

    // A turn of a grain, the pool of threads or a timer came late.
    private static readonly string[] s_slow = ["warn: Orleans.Runtime.Scheduler.", "warn: Orleans.Runtime.MembershipService.LocalSiloHealthMonitor", "warn: Microsoft.AspNetCore.Server.Kestrel[22]"];

    // No expectation: it bounds how long a test that has failed still waits.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly TaskCompletionSource<Uri?> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SiloProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
    }

    public int Pid => _process.Id;

    public Uri Url => _ready.Task.Result ?? throw new InvalidOperationException("The server did not start:\n" + Log);

    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    /// <summary>What it said, without what says only that the machine has much to do.</summary>
    public string[] Lines => [.. Log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !Array.Exists(s_slow, category => line.Contains(category, StringComparison.Ordinal)))];

    /// <summary>Starts a server without a worker and waits until it is ready, or fails with what it said.</summary>
    public static async Task<SiloProcess> StartAsync(string folder, Dictionary<string, string>? variables = null, params string[] arguments)
    {
        var server = Launch(folder, variables, arguments);
        if (await server._ready.Task is null) throw new InvalidOperationException($"The server ended with {await server.ExitCodeAsync()}:\n{server.Log}");
        return server;
    }

    /// <summary>Runs a server that is expected to end by itself.</summary>
    public static async Task<(int ExitCode, string Log)> RunAsync(string folder, Dictionary<string, string>? variables = null, params string[] arguments)
    {
        await using var server = Launch(folder, variables, arguments);
        return (await server.ExitCodeAsync(), server.Log);
    }

    /// <summary>As <see cref="RunAsync"/>, by a script of /bin/sh whose $0 is the program.</summary>
    public static async Task<(int ExitCode, string Log)> RunInShellAsync(string folder, string script)
    {
        await using var server = Launch(folder, null, ["-c", script, Program], "/bin/sh");
        return (await server.ExitCodeAsync(), server.Log);
    }

    public async Task<int> ExitCodeAsync()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(s_limit);
        }
        catch (TimeoutException)
        {
            _process.Kill();
            throw new TimeoutException($"The server did not end within {s_limit}:\n{Log}");
        }
        return _process.ExitCode;
    }

    /// <summary>Sends SIGTERM, as an init system does.</summary>
    public async Task<int> StopAsync(UnixSignal signal = UnixSignal.Terminate)
    {
        Signals.Send(Pid, signal);
        return await ExitCodeAsync();
    }

    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient { BaseAddress = Url };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await StopAsync();
        _process.Dispose();
    }

    private static SiloProcess Launch(string folder, Dictionary<string, string>? variables, string[] arguments, string? program = null)
    {
        var start = new ProcessStartInfo(program ?? Program, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
        foreach (var inherited in start.Environment.Keys.Where(k => k.StartsWith("PTUNE_", StringComparison.OrdinalIgnoreCase)).ToArray()) start.Environment.Remove(inherited);
        start.Environment["PTUNE_Http__Urls"] = "http://127.0.0.1:0";
        start.Environment["PTUNE_Storage__Folder"] = Path.Combine(folder, "store");
        start.Environment["PTUNE_Worker__Executors"] = "0";
        foreach (var (key, value) in variables ?? []) start.Environment[key] = value;
        var server = new SiloProcess(Process.Start(start)!);
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            _ready.TrySetResult(null);
            return;
        }
        lock (_log) _log.AppendLine(line);
        if (StartLine().Match(line) is { Success: true } match) _ready.TrySetResult(new Uri(match.Groups[1].Value));
    }

    [GeneratedRegex(@" at (https?:\S+), dashboard")]
    private static partial Regex StartLine();
}
