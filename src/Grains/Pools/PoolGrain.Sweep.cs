using System.Runtime.CompilerServices;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Grains.Graphs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Pools;

/// <summary>Repair: whatever a crash cut short or a lost message left undone is completed by the next visit.</summary>
/// <remarks>
/// Each sweep visits the jobs that run or are about to be queued. For queued jobs the catalog's rows are enough: those that the index lacks are added. A stale row
/// (queued, while its job is not) is found when the job refuses a lease, or by the visits to a few queued jobs in each sweep, all in turn. How often
/// the queued rows are read depends on how long the last read took: a million of them must not take up the silo's time.
/// </remarks>
internal sealed partial class PoolGrain
{
    // At most one part in this many of the time goes into reading the rows of queued jobs.
    private const int ReadingShare = 20;
    private const int RowsInOneGo = 1024;

    private static readonly JobStatus[] _visited = [.. JobStatusExtensions.NotFinal.Where(s => s != JobStatus.Queued)];

    // Well below what a caller waits for an answer.
    private static readonly TimeSpan _rebuildPatience = TimeSpan.FromSeconds(3);

    private Task _rebuilding = Task.CompletedTask;
    private Task? _sweeping;
    private TimeSpan _reading;
    private long _read;
    private string _visitedUpTo = "";

    public Task Sweep() => SweepAsync(CancellationToken.None);

    /// <summary>One sweep at a time; a caller during a sweep waits for its end.</summary>
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
        if (HasClockStepped())
        {
            DeactivateOnIdle();
            return;
        }
        await _rebuilding;
        try
        {
            var rows = new List<JobRow>();
            await foreach (var row in RowsAsync(_visited, cancellation)) rows.Add(row);
            if (_time.GetElapsedTime(_read) >= _reading * ReadingShare) rows.AddRange(await ReadQueuedAsync(cancellation));
            await Bounded.ForEachAsync(rows, _options.SweepParallelism, VisitAsync);
            await Bounded.ForEachAsync(_scheduler.RunningBut(rows.Select(row => row.JobId)), _options.SweepParallelism, TryVisitJobAsync);
        }
        catch (Exception problem)
        {
            LogSweepFailed(Name, problem.Message, problem);
        }
        await LookForExpectedAsync(cancellation);
        await RemoveExpiredAsync(cancellation);
        _scheduler.Tidy(Now);
        await PreemptAsync();
        Wake();
    }

    /// <summary>
    /// Whether the wall clock was set since the last sweep. Everything in memory was timed by it: ages, holds, back-offs, and when workers last reported. The next activation rebuilds
    /// it, as after the loss of a silo.
    /// </summary>
    private bool HasClockStepped()
    {
        var (before, now) = (_clock, ClockReading.Of(_time));
        _clock = now;
        if (before.StepUntil(now, _time) is var step && step == TimeSpan.Zero) return false;
        LogClockStepped(Name, step);
        return true;
    }

    /// <summary>Adds what the index lacks; returns the next few jobs to visit, in the order of their ids.</summary>
    private async Task<IEnumerable<JobRow>> ReadQueuedAsync(CancellationToken cancellation)
    {
        var begin = _time.GetTimestamp();
        var next = new NextFew<JobRow>(_options.SweepQueued, _visitedUpTo, row => row.JobId);
        await foreach (var row in RowsAsync([JobStatus.Queued], cancellation))
        {
            if (GraphKinds.Has(row.Kind)) continue;
            _scheduler.Recall(row, Now);
            next.Offer(row);
        }
        (_reading, _read) = (_time.GetElapsedTime(begin), _time.GetTimestamp());
        var few = next.Take();
        _visitedUpTo = few.Length == 0 ? "" : few[^1].JobId;
        return few;
    }

    private Task VisitAsync(JobRow row) => TryAsync(row.JobId, async () =>
    {
        if (!await VisitAsync(row.JobId, row.Kind, row.Version)) LogUnknown(row.JobId);
        _scheduler.LearnPermit(row);
    });

    /// <returns>False for a job without a state.</returns>
    private async Task<bool> VisitAsync(string id, string kind, long written)
    {
        if (!GraphKinds.TryVisit(GrainFactory, kind, id, out var visit)) return await VisitJobAsync(id, written);
        await visit;
        return true;
    }

    private Task TryVisitJobAsync(string jobId) => TryAsync(jobId, () => VisitJobAsync(jobId));

    private async Task TryAsync(string id, Func<Task> visit)
    {
        try
        {
            await visit();
        }
        catch (Exception problem)
        {
            LogVisitFailed(id, problem.Message, problem);
        }
    }

    /// <param name="written">The version in the catalog's row: an activation with an older one is stale, and rereads the store before long.</param>
    /// <returns>False for a job without a state.</returns>
    private async Task<bool> VisitJobAsync(string jobId, long written = 0)
    {
        if (_scheduler.IsOffered(jobId)) return true;
        var mark = _scheduler.Mark(jobId);
        if (await GrainFactory.GetGrain<IJobGrain>(jobId).Sweep() is not { } job) return false;
        if (job.Version >= written && ReferenceEquals(mark, _scheduler.Mark(jobId))) _scheduler.See(job, Now);
        if (_scheduler.IsLost(job)) await TakeBackAsync(job);
        return true;
    }

    private async Task PreemptAsync()
    {
        foreach (var (victim, waiting) in _scheduler.Preempt(Now))
        {
            try
            {
                LogPreempts(victim.JobId, waiting.JobId);
                await GrainFactory.GetGrain<IJobGrain>(victim.JobId).Preempt($"preempted by job {waiting.JobId} of priority {waiting.Lane.Priority}");
            }
            catch (Exception problem)
            {
                // It keeps running; when the hold on its worker ends, it or another job is asked again.
                LogVisitFailed(victim.JobId, problem.Message, problem);
            }
        }
    }

    /// <summary>Reads the catalog. No job is leased meanwhile: the first row read need not be the first in the queue.</summary>
    private async Task RebuildAsync()
    {
        // Without knowing the running jobs it would exceed quotas.
        while (!await TryRebuildAsync()) await Task.Delay(_rebuildPatience, _time);
        Wake();
    }

    private async Task<bool> TryRebuildAsync()
    {
        try
        {
            var begin = _time.GetTimestamp();
            await foreach (var row in RowsAsync(JobStatusExtensions.NotFinal, CancellationToken.None))
            {
                if (!GraphKinds.Has(row.Kind)) _scheduler.Recall(row, Now);
            }
            (_reading, _read) = (_time.GetElapsedTime(begin), _time.GetTimestamp());
            await HearRunningAsync();
            LogRebuilt(Name, _scheduler.Queued, _scheduler.Leased);
            return true;
        }
        catch (Exception problem)
        {
            LogSweepFailed(Name, problem.Message, problem);
            return false;
        }
    }

    /// <summary>
    /// A row does not say which worker has the job. Before a slot gets anything else, the pool should know what it has already; a job that does not answer soon is asked by a later sweep.
    /// </summary>
    private async Task HearRunningAsync() => await Bounded.ForEachAsync(_scheduler.RunningBut([]), _options.SweepParallelism, TryVisitJobAsync)
        .WaitAsync(_rebuildPatience, _time).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);

    private async Task<bool> IsRebuiltAsync()
    {
        if (_rebuilding.IsCompleted) return true;
        await _rebuilding.WaitAsync(_rebuildPatience, _time).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        return _rebuilding.IsCompleted;
    }

    /// <summary>Rows in any order. A store that has them at hand never waits; the grain takes other calls meanwhile all the same.</summary>
    private async IAsyncEnumerable<JobRow> RowsAsync(JobStatus[] statuses, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var read = 0;
        await foreach (var row in _catalog.QueryAsync(new JobQuery { Pool = Name, Statuses = statuses, IsUnordered = true }, cancellation))
        {
            yield return row;
            if (++read % RowsInOneGo == 0) await Task.Yield();
        }
    }
}
