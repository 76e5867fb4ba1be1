using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ptune.Contracts.Workers;
using Ptune.Supervisor.Attempts;
using Ptune.Supervisor.Executors;

namespace Ptune.Supervisor.Slots;

/// <summary>
/// The worker: its slots, its signs of life, its leaving. It begins after everything else of the host has started and leaves before
/// anything of it stops, since its last words go over the host's bus and grains.
/// </summary>
internal sealed partial class WorkerService(
    Worker worker, WakeSignal bell, AttemptServices services, CheckpointCollector collector, IHostApplicationLifetime host, ILogger<WorkerService> logger, ILogger<Slot> slotLogger) : IHostedLifecycleService, IDisposable
{
    // Of the grace period, the part after which running jobs are not waited for any more; the rest is for giving their leases back.
    private const double ShareToStop = 0.7;

    private readonly ILogger _logger = logger;
    private readonly CancellationTokenSource _asked = new();
    private readonly CancellationTokenSource _due = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private WorkerFolders? _folders;
    private Slot[] _slots = [];
    private Task[] _working = [];
    private Task _living = Task.CompletedTask;
    private Task? _leaving;
    private bool _isRefused;
    private long _busy;

    private WorkerOptions Options => worker.Options;

    // Before anything connects: a folder that cannot be written is known at once.
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _folders = new WorkerFolders(worker.Cache, worker.Id);
        return Task.CompletedTask;
    }

    /// <exception cref="IOException">Another process works under this worker's id.</exception>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await JoinAsync(cancellationToken);
        var attempts = new AttemptSettings(
            worker.Id, _folders!.Attempts, _folders.Data, Options.LogInterval, Options.GracePeriod, Options.HangAfter, Options.CheckpointsKept, Options.Secrets, worker.Hub.Offline);
        var settings = new SlotSettings(worker.Id, Options.Pool, Options.ExecutorIdle, attempts, worker.MemoryGiB, Options.Labels);
        var inputs = new InputFolders(services.Artifacts, _folders.Artifacts, new CacheRoom(worker.Cache, worker.CacheBytes, services.Time));
        var shutdown = new Shutdown(_asked.Token, _due.Token);
        _slots = [.. worker.Devices.Select(device => new Slot(
            new ExecutorSettings(worker.Executor, device, Options.Threads), settings, bell, services, inputs, shutdown, slotLogger))];
        LogJoins(worker.Id, Options.Pool, _slots.Length, Options.Device, Options.Threads);
        _busy = services.Time.GetTimestamp();
        _working = [.. _slots.Select(slot => Task.Run(slot.WorkAsync, CancellationToken.None))];
        _living = Task.WhenAll(LiveAsync(), CollectAsync());
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => LeaveAsync();

    public void Dispose()
    {
        _folders?.Dispose();
        _asked.Dispose();
        _due.Dispose();
        _closing.Dispose();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A sign of life and a ring of the bell, again and again: what is lost on the bus is found so.</summary>
    private async Task LiveAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            var order = await ReportAsync();
            if (order == WorkerOrder.Drain && !_asked.IsCancellationRequested)
            {
                LogDrains(worker.Id);
                _ = LeaveAsync();
            }
            if (order == WorkerOrder.Refused && !_isRefused)
            {
                // It was silent for so long that it was forgotten, and another has taken its id.
                _isRefused = true;
                LogReplaced(worker.Id);
                _ = LeaveAsync();
            }
            if (IsIdleForLong() && !_asked.IsCancellationRequested)
            {
                LogIdle(worker.Id, Options.ExitWhenIdle!.Value);
                host.StopApplication();
            }
            bell.Ring();
            await Task.Delay(Options.PollInterval, services.Time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CollectAsync()
    {
        while (true)
        {
            await Task.Delay(Options.CollectInterval, services.Time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_closing.IsCancellationRequested) return;
            try
            {
                await collector.CollectAsync(Options.CheckpointsKept, _closing.Token);
            }
            catch (Exception e)
            {
                LogNotCollected(e.Message);
            }
        }
    }

    private async Task<WorkerOrder> ReportAsync()
    {
        string[] running = [.. _slots.SelectMany(slot => slot.JobIds)];
        if (running.Length > 0) _busy = services.Time.GetTimestamp();
        try
        {
            var report = new WorkerReport(
                Options.Pool, Environment.MachineName, Environment.ProcessId, Options.Device, _slots.Length, Options.Threads, worker.Version, running, worker.MemoryGiB, Options.Labels);
            return await services.Calls.OnceAsync(() => services.Grains.GetGrain<IWorkerGrain>(worker.Id).Report(report), _closing.Token);
        }
        catch (Exception e)
        {
            // The slots say when the pool is away, once.
            LogNotReported(worker.Id, e.Message);
            return WorkerOrder.Work;
        }
    }

    private bool IsIdleForLong() => worker.EndsHost && Options.ExitWhenIdle is { } limit && services.Time.GetElapsedTime(_busy) >= limit;

    private Task LeaveAsync()
    {
        lock (_gate) return _leaving ??= Task.Run(LeaveOnceAsync);
    }

    private async Task LeaveOnceAsync()
    {
        LogLeaves(worker.Id, Options.GracePeriod);
        using var due = services.Time.CreateTimer(_ => _due.Cancel(), null, Options.GracePeriod * ShareToStop, Timeout.InfiniteTimeSpan);
        using var end = new CancellationTokenSource(Options.GracePeriod, services.Time);
        await _asked.CancelAsync();
        try
        {
            await Task.WhenAll(_working).WaitAsync(end.Token);
            await _closing.CancelAsync();
            await _living;
            if (!_isRefused) await services.Grains.GetGrain<IWorkerGrain>(worker.Id).Leave().WaitAsync(end.Token);
            LogLeft(worker.Id);
        }
        catch (Exception e)
        {
            LogLeftLate(worker.Id, e.Message);
        }
        await _closing.CancelAsync();
        if (worker.EndsHost) host.StopApplication();
    }
}
