using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Messages;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Workers;
using Ptune.Grains.Hosting;
using Ptune.Grains.Pools.Policies;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Pools;

/// <summary>
/// The queue in front of a pool's workers, in memory only: what it knows comes from the catalog and from the jobs, and a job refuses a lease
/// that the queue should not have offered. So it may be wrong for a moment without harm. <see cref="PoolScheduler"/> decides.
/// </summary>
/// <remarks>
/// Reentrant: jobs put themselves into the queue while the pool asks another job for a lease. Between two awaits the scheduler is always whole; a
/// job leaves its queue before it is offered, so that no two workers are offered the same.
/// </remarks>
[Reentrant, GrainType("pool")]
internal sealed partial class PoolGrain : Grain, IPoolGrain, IPoolRosterGrain
{
    private readonly PoolScheduler _scheduler;
    private readonly Announcer _announcer;
    private readonly ICatalog _catalog;
    private readonly JobsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private ClockReading _clock;

    // A worker asked in vain while jobs waited, and none has been woken for that.
    private bool _hasRefused;

    public PoolGrain(ICatalog catalog, IWorkAnnouncer bus, IOptions<JobsOptions> options, TimeProvider time, ILogger<PoolGrain> logger)
    {
        (_catalog, _options, _time, _logger) = (catalog, options.Value, time, logger);
        _clock = ClockReading.Of(time);
        _scheduler = new PoolScheduler(this.GetPrimaryKeyString(), new SchedulingRules(_options));
        _announcer = new Announcer(bus, this.GetPrimaryKeyString(), time, logger);
    }

    private string Name => this.GetPrimaryKeyString();

    private DateTimeOffset Now => _time.GetUtcNow();

    // The rebuild goes on behind: with a million rows it takes longer than a caller may wait.
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _rebuilding = RebuildAsync();
        this.RegisterGrainTimer(SweepAsync, new GrainTimerCreationOptions(_options.SweepInterval, _options.SweepInterval) { Interleave = true, KeepAlive = true });
        return Task.CompletedTask;
    }

    public async Task Enqueue(QueuedJob job)
    {
        if (await IsStaleEnqueueAsync(job.JobId)) return;
        _scheduler.Enqueue(job);
        _announcer.Announce(1);
        if (_scheduler.IsUrgent(job.JobId)) await PreemptAsync();
    }

    public async Task Remove(string jobId)
    {
        if (await IsStaleRemoveAsync(jobId)) return;
        _scheduler.Remove(jobId, Now);
        WakeRefused();
    }

    public Task Complete(string jobId)
    {
        _scheduler.Remove(jobId, Now, isDone: true);
        WakeRefused();
        return Task.CompletedTask;
    }

    public async Task<string?> Admit(string tenant, string[] jobIds)
    {
        await _rebuilding;
        return _scheduler.Admit(tenant, jobIds, Now);
    }

    public async Task<Lease?> Acquire(AcquireRequest request)
    {
        if (!await IsRebuiltAsync() || !_scheduler.Hear(request, Now)) return null;
        if (await DeliverAsync(request) is { } undelivered) return undelivered.Lease;
        for (var tries = 0; tries < _options.LeaseTries; tries++)
        {
            if (_scheduler.Take(request, Now) is not { } job)
            {
                _hasRefused |= _scheduler.HasWork;
                return null;
            }
            var result = await OfferAsync(job, request);
            // A job that does not answer may have been leased: the request must not bring another one then.
            if (result is null || result.Lease is not null) return result?.Lease;
        }
        return null;
    }

    public Task Hear(WorkerView worker)
    {
        _scheduler.Hear(worker, Now);
        return Task.CompletedTask;
    }

    public Task Leave(string workerId) => Bounded.ForEachAsync(_scheduler.Leave(workerId), _options.SweepParallelism, TryVisitJobAsync);

    public Task<WaitView?> Explain(string jobId) => Task.FromResult(_scheduler.Explain(jobId, Now));

    public Task<PoolView> Get() => Task.FromResult(_scheduler.View(Now));

    /// <summary>Whether a notification is stale: a job that counts as running may have sent it before it was leased. The job is asked, since a forgotten one would let its tenant exceed a quota.</summary>
    private async Task<bool> IsStaleEnqueueAsync(string jobId)
    {
        if (!_scheduler.IsRunning(jobId)) return false;
        if (_scheduler.IsOffered(jobId)) return true;
        var mark = _scheduler.Mark(jobId);
        return await GrainFactory.GetGrain<IJobGrain>(jobId).Get() is not { Status: JobStatus.Queued } || !ReferenceEquals(mark, _scheduler.Mark(jobId));
    }

    /// <summary>Whether a notification is stale: a job that was stopped may have been resumed and leased since it sent it. One that has succeeded never resumes, and need not be asked.</summary>
    private async Task<bool> IsStaleRemoveAsync(string jobId)
    {
        if (!_scheduler.IsRunning(jobId)) return false;
        if (_scheduler.IsOffered(jobId)) return true;
        var mark = _scheduler.Mark(jobId);
        return await GrainFactory.GetGrain<IJobGrain>(jobId).Get() is { Status.IsHeld: true } || !ReferenceEquals(mark, _scheduler.Mark(jobId));
    }

    /// <returns>Null where the job does not answer.</returns>
    private async Task<LeaseResult?> OfferAsync(QueuedJob job, AcquireRequest request)
    {
        var grain = GrainFactory.GetGrain<IJobGrain>(job.JobId);
        var offer = _scheduler.Mark(job.JobId);
        try
        {
            var result = await grain.Lease(new LeaseRequest(request.WorkerId, _scheduler.PermitOf(job.JobId), request.Slot));
            var stands = ReferenceEquals(offer, _scheduler.Mark(job.JobId));
            if (result.Lease is { } lease)
            {
                if (!stands)
                {
                    const string Why = "the pool had already given its slot to another job";
                    // It was taken out of the queue meanwhile, and its place may be another's.
                    await grain.Release(new AttemptRelease(request.WorkerId, lease.Epoch, null, Why, request.Slot));
                    return LeaseResult.Refused(Why);
                }
                _scheduler.Granted(job.JobId);
                _scheduler.Answered(request);
                return result;
            }
            LogRefused(job.JobId, request.WorkerId, result.Denied!);
            if (!stands) return result;
            _scheduler.Refused(job.JobId, result.IsPermitTaken);
            // It knows better: a back-off, another place, or an end of which the pool was not told.
            await VisitJobAsync(job.JobId);
            return result;
        }
        catch (Exception problem)
        {
            // It may have been leased all the same: it counts against its tenant's quota until a sweep has asked it.
            LogUnreachable(job.JobId, problem.Message, problem);
            if (ReferenceEquals(offer, _scheduler.Mark(job.JobId))) _scheduler.Granted(job.JobId);
            return null;
        }
    }

    /// <summary>
    /// A worker that asked in vain may have asked just before the end of a job made room: workers ask as soon as they have reported an end, and the pool hears of it later.
    /// Without this, it would wait for the next sweep.
    /// </summary>
    private void WakeRefused()
    {
        if (!_hasRefused || !_scheduler.HasWork) return;
        _hasRefused = false;
        _announcer.Announce(1);
    }

    private void Wake() => _announcer.Announce(_scheduler.ToWake(Now));
}
