using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ptune.Fixtures.Processes;

/// <summary>A program of ours as a child process: what it says is kept, and it is ended by its id.</summary>
public sealed class Program : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Seen)> _waiting = [];
    private int _open = 2;

    private Program(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Everything that it wrote so far, to both streams.</summary>
    public string Output => string.Join('\n', _lines);

    /// <param name="name">The folder below artifacts/bin, as in Silo.</param>
    /// <param name="assembly">The dll there.</param>
    /// <param name="build">Default: <see cref="Build.This"/>.</param>
    public static Program Start(string name, string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string? folder = null, Build? build = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        build ??= Build.This;
        start.ArgumentList.Add(build.PathOf(name, assembly));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var key in start.Environment.Keys.Where(k => k.StartsWith("PTUNE_", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(key);
        start.Environment["PTUNE_HOME"] = build.Root;
        start.Environment["NO_COLOR"] = "1";
        foreach (var (key, value) in environment) start.Environment[key] = value;
        var program = new Program(Process.Start(start)!);
        program._process.OutputDataReceived += (_, e) => program.Heard(e.Data);
        program._process.ErrorDataReceived += (_, e) => program.Heard(e.Data);
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        program._process.StandardInput.Close();
        return program;
    }

    /// <summary>The first line, said already or later, that is wanted.</summary>
    /// <exception cref="InvalidOperationException">The program ended without saying it; the message holds all that it said.</exception>
    public async Task<string> SaysAsync(Func<string, bool> wanted)
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting)
        {
            if (_lines.FirstOrDefault(wanted) is { } said) return said;
            _waiting.Add((wanted, seen));
        }
        var first = await Task.WhenAny(seen.Task, _closed.Task).WaitAsync(TimeSpan.FromMinutes(2));
        return first == seen.Task ? await seen.Task : throw new InvalidOperationException($"The program ended without saying it:\n{Output}");
    }

    public async Task<int> ExitAsync(TimeSpan? limit = null)
    {
        await _process.WaitForExitAsync().WaitAsync(limit ?? TimeSpan.FromMinutes(5));
        await _closed.Task;
        return _process.ExitCode;
    }

    public void Kill() => _process.Kill(entireProcessTree: false);

    /// <summary>SIGTERM is 15, SIGINT 2.</summary>
    public void Signal(int signal)
    {
        if (Native.Kill(_process.Id, signal) != 0) throw new InvalidOperationException($"No process {_process.Id} to signal.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Heard(string? line)
    {
        if (line is null)
        {
            if (Interlocked.Decrement(ref _open) == 0) _closed.TrySetResult();
            return;
        }
        lock (_waiting)
        {
            _lines.Enqueue(line);
            foreach (var (wanted, seen) in _waiting.Where(w => w.Wanted(line))) seen.TrySetResult(line);
        }
    }

    private static class Native
    {
        [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Kill(int process, int signal);
    }
}
