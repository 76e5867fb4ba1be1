using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Telemetry;
using Ptune.Supervisor.Attempts;
using Ptune.Supervisor.Executors;

namespace Ptune.Supervisor.Slots;

/// <summary>
/// One place for work: one device, one executor process, one job at a time. Idle it waits for the bell; after a job it asks for the next at once. What a job has
/// computed is stored while the next one runs already: the device does not wait for an upload.
/// </summary>
internal sealed partial class Slot(ExecutorSettings executor, SlotSettings settings, WakeSignal bell, AttemptServices services, InputFolders inputs, Shutdown shutdown, ILogger<Slot> logger)
    : IExecutorSource
{
    private static readonly TimeSpan s_longestRest = TimeSpan.FromSeconds(30);

    private readonly ILogger _logger = logger;
    private SlotRequest _last = new(RandomNumberGenerator.GetHexString(16, lowercase: true), Number: 0, Received: 0);
    private ExecutorProcess? _process;
    private string? _running;
    private string? _storing;
    private Task<FailureCause?>? _ending;
    private bool _isPoolAway;
    private int _failures;
    private long _idleSince;

    /// <summary>The jobs in its hands: the one that runs, and the one before it until its result is stored.</summary>
    public IEnumerable<string> JobIds => new[] { _running, Storing }.OfType<string>();

    private string? Storing => _ending is { IsCompleted: false } ? _storing : null;

    /// <summary>Works until the worker leaves.</summary>
    public async Task WorkAsync()
    {
        try
        {
            while (!shutdown.Requested.IsCancellationRequested)
            {
                await WaitAsync();
                while (!shutdown.Requested.IsCancellationRequested && await AcquireAsync() is { } lease) await RunAsync(lease.Lease, lease.Since);
            }
        }
        catch (OperationCanceledException) when (shutdown.Requested.IsCancellationRequested)
        {
            // It was idle.
        }
        finally
        {
            await EndLastAsync();
            await StopExecutorAsync();
        }
    }

    public async Task<ExecutorProcess> GetAsync(CancellationToken cancellation)
    {
        if (_process is { IsGone: true }) await StopExecutorAsync();
        return _process ??= await ExecutorProcess.StartAsync(executor, _logger, cancellation);
    }

    /// <summary>Until the bell rings. An executor that has had no job for long is let go meanwhile.</summary>
    private async Task WaitAsync()
    {
        if (_process is not null)
        {
            // Counted from the last job: the bell rings all the time.
            var left = settings.ExecutorIdle - services.Time.GetElapsedTime(_idleSince);
            using var idle = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, services.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, shutdown.Requested);
            try
            {
                await bell.WaitAsync(either.Token);
                return;
            }
            catch (OperationCanceledException) when (!shutdown.Requested.IsCancellationRequested)
            {
                await StopExecutorAsync();
            }
        }
        await bell.WaitAsync(shutdown.Requested);
    }

    private async Task<(Lease Lease, long Since)?> AcquireAsync()
    {
        try
        {
            var since = services.Time.GetTimestamp();
            _last = _last.Next();
            var request = new AcquireRequest(settings.WorkerId, executor.Device, inputs.Warm(), settings.MemoryGiB, settings.Labels, Storing, _last);
            var pool = services.Grains.GetGrain<IPoolGrain>(settings.Pool);
            var lease = await services.Calls.OnceAsync(() => pool.Acquire(request), shutdown.Requested);
            if (_isPoolAway) LogPoolBack(settings.Pool);
            _isPoolAway = false;
            if (lease is null) return null;
            _last = _last.With(lease);
            return (lease, since);
        }
        catch (Exception e) when (!shutdown.Requested.IsCancellationRequested)
        {
            // A lease may have been given in an answer that got lost: the next request says that it was not received.
            if (!_isPoolAway) LogPoolAway(settings.Pool, e.Message);
            _isPoolAway = true;
            return null;
        }
    }

    /// <summary>Until the executor is free again, and the job before is stored: no more than one waits for that.</summary>
    private async Task RunAsync(Lease lease, long since)
    {
        _running = lease.JobId;
        // One wake-up may stand for many jobs: whoever got one looks whether there is another for the next.
        bell.Ring();
        var computed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var attempt = AttemptAsync(lease, since, computed);
        await Task.WhenAny(attempt, computed.Task);
        await EndLastAsync();
        (_storing, _ending, _running) = (lease.JobId, attempt, null);
        if (!computed.Task.IsCompleted) await EndLastAsync();
        _idleSince = services.Time.GetTimestamp();
        if (_failures > 0) await RestAsync();
    }

    private async Task<FailureCause?> AttemptAsync(Lease lease, long since, TaskCompletionSource computed)
    {
        using var span = Tracing.Start("attempt", lease.Trace, ActivityKind.Consumer)?
            .SetTag(Tracing.JobId, lease.JobId).SetTag(Tracing.Tenant, Contracts.Identity.JobIds.Tenant(lease.JobId)).SetTag(Tracing.Attempt, lease.Epoch).SetTag(Tracing.Worker, settings.WorkerId);
        // Every line of the attempt, whoever writes it, says what it is about.
        using var scope = _logger.BeginScope(new KeyValuePair<string, object?>[] { new("job", lease.JobId), new("attempt", lease.Epoch), new("tenant", Contracts.Identity.JobIds.Tenant(lease.JobId)) });
        try
        {
            await using var attempt = new Attempt(lease, since, settings.Attempts, services, this, inputs, shutdown, computed.SetResult);
            var failed = await attempt.RunAsync();
            if (failed is { } cause) span?.SetStatus(ActivityStatusCode.Error, cause.ToString());
            return failed;
        }
        catch (Exception e)
        {
            LogBroken(lease.JobId, lease.Epoch, e);
            return FailureCause.Infrastructure;
        }
        finally
        {
            // Its place in a tenant's quota is free: what the pool could not give before, it may now.
            bell.Ring();
        }
    }

    /// <summary>Waits for the end of the last attempt, and counts failures in a row.</summary>
    private async Task EndLastAsync()
    {
        if (_ending is not { } ending) return;
        _failures = await ending is FailureCause.Infrastructure or FailureCause.Crash ? _failures + 1 : 0;
        _ending = null;
    }

    /// <summary>A worker that is broken would fail every job of its pool in a moment.</summary>
    private async Task RestAsync()
    {
        var rest = TimeSpan.FromSeconds(Math.Min(s_longestRest.TotalSeconds, Math.Pow(2, _failures - 2)));
        await Task.Delay(rest, services.Time, shutdown.Requested);
    }

    private async Task StopExecutorAsync()
    {
        if (_process is not { } process) return;
        _process = null;
        await process.DisposeAsync();
    }
}
