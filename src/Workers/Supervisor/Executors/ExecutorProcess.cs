using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Ptune.Contracts.Jobs;
using Ptune.Protocol;
using StreamJsonRpc;

namespace Ptune.Supervisor.Executors;

/// <summary>One executor process, from its start to its end. It may die at any time without harm to this process.</summary>
internal sealed partial class ExecutorProcess : IAsyncDisposable
{
    private const int RememberedLines = 20;

    // Longer than any start on a loaded machine: it only bounds how long a start that hangs is waited for.
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan s_endLimit = TimeSpan.FromSeconds(5);

    // What a worker is told and an executor need not know.
    private static readonly string[] s_secrets = ["PTUNE_Storage__", "PTUNE_Messaging__", "PTUNE_Orleans__", "PTUNE_Http__", "PTUNE_Worker__Secrets__"];

    private readonly Process _process;
    private readonly JsonRpc _connection;
    private readonly IExecutor _executor;
    private readonly ExecutorEvents _events = new();
    private readonly LastLines _lines = new(RememberedLines);
    private readonly Task _errorOutput;
    private readonly ILogger _logger;
    private MemoryKills _kills;
    private long? _killsBefore;
    private volatile bool _isClosed;

    private ExecutorProcess(Process process, string device, ILogger logger)
    {
        _process = process;
        LookAtGroup();
        Device = device;
        _logger = logger;
        _connection = ProtocolConnection.Over(process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
        _connection.AddLocalRpcTarget<IExecutorEvents>(_events, null);
        _executor = _connection.Attach<IExecutor>();
        _connection.StartListening();
        _errorOutput = ReadErrorOutputAsync();
    }

    public int Id => _process.Id;

    /// <summary>cpu or cuda:N.</summary>
    public string Device { get; }

    /// <summary>It has ended, or was told to.</summary>
    public bool IsGone => _isClosed || _process.HasExited;

    /// <summary>What jobs run on here.</summary>
    public ExecutionEnvironment Environment { get; private set; } = null!;

    /// <summary>Starts one and looks at its device.</summary>
    /// <exception cref="ExecutorLostException">It cannot be started, died, or has no such device; the message says why.</exception>
    public static async Task<ExecutorProcess> StartAsync(ExecutorSettings settings, ILogger logger, CancellationToken cancellation)
    {
        ExecutorProcess executor;
        try
        {
            executor = new ExecutorProcess(await ProcessLauncher.StartAsync(StartInfo(settings)), settings.Device, logger);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            throw new ExecutorLostException($"The executor '{settings.Path}' cannot be started: {e.Message}", e) { IsStart = true };
        }
        try
        {
            var describe = executor._executor.DescribeAsync(settings.Device, settings.Threads, cancellation);
            executor.Environment = await executor.AnswerAsync(describe.WaitAsync(s_startLimit, cancellation));
            // By now it is in the control group that whatever starts it has put it into.
            executor.LookAtGroup();
            executor.LogStarted(executor.Id, settings.Device, settings.Threads);
            return executor;
        }
        catch (Exception e)
        {
            await executor.KillAsync();
            throw e switch
            {
                RemoteInvocationException => new ExecutorLostException($"The executor cannot work on {settings.Device}: {e.Message}", e) { IsStart = true },
                TimeoutException => new ExecutorLostException($"The executor did not answer within {s_startLimit.TotalSeconds:0} s of its start.", e) { IsStart = true },
                ExecutorLostException lost => new ExecutorLostException(e.Message, e) { IsStart = true, ExitCode = lost.ExitCode },
                _ => e,
            };
        }
    }

    /// <summary>Runs a job. Cancelling does not wait for the executor: kill it, or ask it to stop.</summary>
    /// <exception cref="ExecutorLostException">The process died; the message says how, with its last lines.</exception>
    public async Task<RunOutcome> RunAsync(RunRequest request, IRunListener listener)
    {
        _events.Follow(listener);
        try
        {
            return await AnswerAsync(_executor.RunAsync(request, CancellationToken.None));
        }
        catch (RemoteInvocationException e)
        {
            throw new ExecutorLostException($"The executor failed: {e.Message}", e);
        }
        finally
        {
            _events.Follow(null);
        }
    }

    /// <summary>Asks the running job for a checkpoint and a stop.</summary>
    public async Task StopRunAsync()
    {
        try
        {
            await _executor.StopAsync();
        }
        catch (Exception e) when (e is ConnectionLostException or ObjectDisposedException or RemoteInvocationException)
        {
            // Whoever waits for the run's end hears of it.
        }
    }

    /// <summary>Ends it at once.</summary>
    public async Task KillAsync()
    {
        if (_isClosed) return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await CloseAsync();
    }

    /// <summary>Lets it go: it ends when its input does; when it does not, it is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isClosed) return;
        _connection.Dispose();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(s_endLimit);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        LogEnded(_process.Id);
        await CloseAsync();
    }

    private static ProcessStartInfo StartInfo(ExecutorSettings settings)
    {
        var (program, arguments) = ExecutorCommand.For(settings.Path);
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, _) in start.Environment.Where(v => IsSecret(v.Key) || DecidingVariables.Includes(v.Key, v.Value)).ToArray()) start.Environment.Remove(name);
        var threads = settings.Threads.ToString(CultureInfo.InvariantCulture);
        start.Environment[ExecutorProgram.ParentVariable] = System.Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        start.Environment["OMP_NUM_THREADS"] = threads;
        start.Environment["MKL_NUM_THREADS"] = threads;
        // Threads that wait by spinning make two executors on two cores slower than one.
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        // The work is in native code: one small managed heap is enough.
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        return start;
    }

    private static bool IsSecret(string name) => s_secrets.Any(secret => name.StartsWith(secret, StringComparison.OrdinalIgnoreCase));

    [MemberNotNull(nameof(_kills))]
    private void LookAtGroup()
    {
        _kills = MemoryKills.Of(_process.Id);
        _killsBefore = _kills.Count();
    }

    private async Task<T> AnswerAsync<T>(Task<T> answer)
    {
        try
        {
            return await answer;
        }
        catch (Exception e) when (e is ConnectionLostException or ObjectDisposedException or IOException)
        {
            await _process.WaitForExitAsync();
            await _errorOutput;
            var kills = _kills.Count();
            var isOutOfMemory = ExitDescription.IsKill(_process.ExitCode) && kills > _killsBefore;
            var (words, lines) = (ExitDescription.Of(_process.ExitCode, isOutOfMemory, isCounted: kills is not null), _lines.ToString());
            LogDied(_process.Id, words);
            throw new ExecutorLostException(lines.Length == 0 ? $"The executor died: {words}." : $"The executor died: {words}. Its last lines:\n{lines}", e) { IsOutOfMemory = isOutOfMemory, ExitCode = _process.ExitCode };
        }
    }

    private async Task ReadErrorOutputAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _lines.Add(line);
            _events.Log(line);
        }
    }

    private async Task CloseAsync()
    {
        _isClosed = true;
        await _errorOutput;
        _connection.Dispose();
        _process.Dispose();
    }
}
