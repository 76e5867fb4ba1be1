using Microsoft.Extensions.Logging;
using Ptune.Contracts.Jobs;
using Ptune.Protocol;
using Ptune.Supervisor.Executors;

namespace Ptune.Supervisor.Attempts;

/// <summary>
/// One attempt at a job, from its lease to its last word. Everything that it writes names its epoch, and the grain has the last word on
/// whether it counts; here the executor is stopped as soon as it is known not to.
/// </summary>
internal sealed partial class Attempt : IAsyncDisposable
{
    private readonly Lease _lease;
    private readonly AttemptSettings _settings;
    private readonly AttemptServices _services;
    private readonly IExecutorSource _executors;
    private readonly InputFolders _inputs;
    private readonly Shutdown _shutdown;
    private readonly ILogger _logger;
    private readonly IJobGrain _job;
    private readonly LeaseKeeper _keeper;
    private readonly AttemptLog _log;
    private readonly CheckpointUploader _checkpoints;
    private readonly AttemptFolder _folder;
    private readonly ProgressWatch _watch;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _abort;
    private readonly Action _computed;
    private readonly long _began;

    /// <param name="since">The clock before the lease was asked for.</param>
    /// <param name="computed">Called once it has its result and needs the executor no more: what is left is to store it and to say so.</param>
    public Attempt(
        Lease lease, long since, AttemptSettings settings, AttemptServices services, IExecutorSource executors, InputFolders inputs, Shutdown shutdown, Action computed)
    {
        (_lease, _settings, _services, _executors, _inputs, _shutdown, _began, _computed) = (lease, settings, services, executors, inputs, shutdown, since, computed);
        _logger = services.Loggers.CreateLogger<Attempt>();
        _folder = new AttemptFolder(settings.AttemptsFolder, lease);
        _job = services.Grains.GetGrain<IJobGrain>(lease.JobId);
        _keeper = new LeaseKeeper(lease, since, settings.WorkerId, _job, services.Time, services.Loggers.CreateLogger<LeaseKeeper>());
        _log = new AttemptLog(lease, services.Logs, settings.LogInterval, services.Time);
        _checkpoints = new CheckpointUploader(lease, _keeper, services.Checkpoints, _log, settings.CheckpointsKept, services.Loggers.CreateLogger<CheckpointUploader>());
        _watch = new ProgressWatch(settings.HangAfter, services.Time);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(_keeper.Cancelled, shutdown.Requested, shutdown.Deadline, _keeper.Gone, _watch.Hangs);
        _abort = CancellationTokenSource.CreateLinkedTokenSource(_keeper.Gone, shutdown.Deadline);
        _keeper.Gone.Register(_log.Abandon);
    }

    /// <summary>Runs it to its end; whatever happens is said to the grain, not thrown.</summary>
    /// <returns>Null, or the cause of its failure.</returns>
    public async Task<FailureCause?> RunAsync()
    {
        LogBegins(_lease.JobId, _lease.Name, _lease.Epoch);
        _log.Write($"Attempt {_lease.Epoch} of {_lease.Name} ({_lease.JobId}) on worker {_settings.WorkerId}");
        try
        {
            var (executor, inputs) = await PrepareAsync();
            _log.Write($"Running on {executor.Environment.Device}, {executor.Environment.Threads} {(executor.Environment.Threads == 1 ? "thread" : "threads")}, libtorch {executor.Environment.Torch}, process {executor.Id}");
            var outcome = await RunFromBestPointAsync(executor, inputs);
            if (outcome.End == RunEnd.Completed) _computed();
            return await ConcludeAsync(outcome);
        }
        catch (Exception) when (_keeper.Gone.IsCancellationRequested)
        {
            // Not a word to the grain: it has given the job to another, or will.
            LogDiscarded(_lease.JobId, _lease.Epoch, _keeper.Why!);
            return null;
        }
        catch (OperationCanceledException) when (HasHung)
        {
            return await HungAsync($"did not stop on request within {_settings.Patience.TotalSeconds:0.#} s and was killed by signal 9 (SIGKILL)");
        }
        catch (OperationCanceledException)
        {
            await ReleaseAsync();
            return null;
        }
        catch (Exception e)
        {
            return await FailAsync(CauseOf(e), e is AttemptException or ExecutorLostException ? e.Message : $"{e.GetType().Name}: {e.Message}", (e as ExecutorLostException)?.ExitCode);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _checkpoints.FinishAsync();
        await _log.DisposeAsync();
        await _keeper.DisposeAsync();
        _stop.Dispose();
        _abort.Dispose();
        _watch.Dispose();
        _folder.Dispose();
    }

    private static FailureCause CauseOf(Exception e) => e switch
    {
        AttemptException attempt => attempt.Cause,
        ExecutorLostException { IsStart: true } => FailureCause.Infrastructure,
        ExecutorLostException { IsOutOfMemory: true } => FailureCause.OutOfMemory,
        ExecutorLostException => FailureCause.Crash,
        // The store refuses what was made: a name or a figure that it cannot hold.
        ArgumentException => FailureCause.Invalid,
        _ => FailureCause.Infrastructure,
    };
}
