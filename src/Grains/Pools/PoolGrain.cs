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

namespace Ptune.Grains.Pools;

/// <summary>
/// The queue in front of a pool's workers, in memory only: what it knows comes from the catalog and from the jobs, and a job refuses a lease
/// that the queue should not have offered. So it may be wrong for a moment without harm.
/// </summary>
/// <remarks>
/// Reentrant: jobs put themselves into the queue while the pool asks another job for a lease. Between two awaits the index is always whole; a
/// job leaves the index before it is offered, so that no two workers are offered the same.
/// </remarks>
[Reentrant, GrainType("pool")]
internal sealed partial class PoolGrain : Grain, IPoolGrain, IPoolRosterGrain
{
    private readonly JobQueue _queue = new();
    private readonly HashSet<string> _leased = [];
    private readonly WorkerRoster _roster;
    private readonly Choice _choice;
    private readonly Announcer _announcer;
    private readonly ICatalog _catalog;
    private readonly JobsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private Task? _sweeping;

    public PoolGrain(ICatalog catalog, IWorkAnnouncer bus, IOptions<JobsOptions> options, TimeProvider time, ILogger<PoolGrain> logger)
    {
        (_catalog, _options, _time, _logger) = (catalog, options.Value, time, logger);
        _roster = new WorkerRoster(_options.WorkerForgottenAfter);
        _choice = new Choice(_options.WarmWindow, _options.WarmOvertakes);
        _announcer = new Announcer(bus, this.GetPrimaryKeyString(), time, logger);
    }

    private string Name => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await foreach (var row in UnfinishedAsync(cancellationToken)) Recall(row);
        LogRebuilt(Name, _queue.Count, _leased.Count);
        Wake();
        this.RegisterGrainTimer(SweepAsync, new GrainTimerCreationOptions(_options.SweepInterval, _options.SweepInterval) { Interleave = true, KeepAlive = true });
    }

    public Task Enqueue(QueuedJob job)
    {
        _leased.Remove(job.JobId);
        _queue.Put(job);
        _announcer.Announce(1);
        return Task.CompletedTask;
    }

    public Task Remove(string jobId)
    {
        _queue.Remove(jobId);
        _leased.Remove(jobId);
        return Task.CompletedTask;
    }

    public async Task<Lease?> Acquire(AcquireRequest request)
    {
        var unreachable = new List<QueuedJob>();
        try
        {
            for (var tries = 0; tries < _options.LeaseTries; tries++)
            {
                var worker = new Candidate(request, _roster.OrderOf(request.WorkerId));
                if (_choice.Pick(_queue.InOrder, worker) is not { } chosen) return null;
                _queue.Take(chosen);
                if (await OfferAsync(chosen.Entry.Job, request, unreachable) is { } lease) return lease;
            }
            return null;
        }
        finally
        {
            foreach (var job in unreachable.Where(j => !_leased.Contains(j.JobId))) _queue.Put(job);
        }
    }

    public Task Hear(WorkerView worker)
    {
        _roster.Hear(worker, _time.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task Leave(string workerId)
    {
        _roster.Leave(workerId);
        return Task.CompletedTask;
    }

    public Task<PoolView> Get() => Task.FromResult(new PoolView(Name, _queue.Count, _leased.Count, _roster.At(_time.GetUtcNow())));

    private async Task<Lease?> OfferAsync(QueuedJob job, AcquireRequest request, List<QueuedJob> unreachable)
    {
        try
        {
            var result = await GrainFactory.GetGrain<IJobGrain>(job.JobId).Lease(new LeaseRequest(request.WorkerId));
            if (result.Lease is { } lease)
            {
                _leased.Add(job.JobId);
                return lease;
            }
            LogRefused(job.JobId, request.WorkerId, result.Denied!);
        }
        catch (Exception problem)
        {
            // It may have been leased all the same: then it refuses the next offer, and its lease runs out.
            LogUnreachable(job.JobId, problem.Message, problem);
            unreachable.Add(job);
        }
        return null;
    }
}
