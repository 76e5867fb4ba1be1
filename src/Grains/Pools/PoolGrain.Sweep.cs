using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Grains.Shell;
using Ptune.Grains.Studies;

namespace Ptune.Grains.Pools;

/// <summary>The repair: everything that a crash cut short or a message lost comes right with the next visit.</summary>
internal sealed partial class PoolGrain
{
    public Task Sweep() => SweepAsync(CancellationToken.None);

    /// <summary>One sweep at a time; who asks while one is under way waits for its end.</summary>
    private async Task SweepAsync(CancellationToken cancellation)
    {
        if (_sweeping is { IsCompleted: false } underWay)
        {
            await underWay;
            return;
        }
        await (_sweeping = VisitAllAsync(cancellation));
    }

    private async Task VisitAllAsync(CancellationToken cancellation)
    {
        try
        {
            var rows = new List<JobRow>();
            await foreach (var row in UnfinishedAsync(cancellation)) rows.Add(row);
            await Bounded.ForEachAsync(rows, _options.SweepParallelism, VisitAsync);
        }
        catch (Exception problem)
        {
            LogSweepFailed(Name, problem.Message, problem);
        }
        Wake();
    }

    private async Task VisitAsync(JobRow row)
    {
        try
        {
            if (row.Kind == StudyMachine.Kind) await GrainFactory.GetGrain<IStudyGrain>(row.JobId).Sweep();
            else if (await GrainFactory.GetGrain<IJobGrain>(row.JobId).Sweep() is { } job) Take(job);
            else LogUnknown(row.JobId);
        }
        catch (Exception problem)
        {
            LogVisitFailed(row.JobId, problem.Message, problem);
        }
    }

    /// <summary>Brings the index in line with the job's own word.</summary>
    private void Take(JobView job)
    {
        if (job.Status != JobStatus.Queued) _queue.Remove(job.JobId);
        else if (!_queue.Contains(job.JobId)) _queue.Put(new QueuedJob(job.JobId, Contracts.Identity.JobIds.Tenant(job.JobId), job.Priority, job.Created, []));
        if (job.Status.IsHeld) _leased.Add(job.JobId);
        else _leased.Remove(job.JobId);
    }

    /// <summary>Wakes as many workers as there is work for; one, where none has told of itself yet.</summary>
    private void Wake()
    {
        var now = _time.GetUtcNow();
        var ready = _roster.At(now).Length == 0 ? 1 : _roster.Idle(now);
        _announcer.Announce(Math.Min(_queue.Count, ready));
    }

    private IAsyncEnumerable<JobRow> UnfinishedAsync(CancellationToken cancellation) =>
        _catalog.QueryAsync(new JobQuery { Pool = Name, Statuses = JobStatusExtensions.NotFinal }, cancellation);

    private void Recall(JobRow row)
    {
        if (row.Kind == StudyMachine.Kind) return;
        if (row.Status == JobStatus.Queued) _queue.Put(new QueuedJob(row.JobId, row.Tenant, row.Priority, row.Created, []));
        else if (row.Status.IsHeld) _leased.Add(row.JobId);
    }
}
