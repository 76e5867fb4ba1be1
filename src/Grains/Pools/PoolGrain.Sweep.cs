using System.Runtime.CompilerServices;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Grains.Graphs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Pools;

/// <summary>The repair: everything that a crash cut short or a message lost comes right with the next visit.</summary>
/// <remarks>
/// Jobs in work or on their way into the queue are visited at each sweep. Of the queued ones the catalog's rows are enough: each that the index lacks is put in. A row
/// that says queued while its job has gone on is found when the job refuses a lease, or by the visits to a few queued jobs at each sweep, all in their turn. How often
/// the queued rows are read depends on how long that took: a million of them must not take the silo's time.
/// </remarks>
internal sealed partial class PoolGrain
{
    // Of the time, the part that may go into reading the rows of queued jobs.
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
    /// Whether the wall clock was set since the last sweep. All that is in memory was timed by it: ages, holds, back-offs, and who was heard of lately. The next activation reads
    /// it anew, as after a silo's end.
    /// </summary>
    private bool HasClockStepped()
    {
        var (before, now) = (_clock, ClockReading.Of(_time));
        _clock = now;
        if (before.StepUntil(now, _time) is var step && step == TimeSpan.Zero) return false;
        LogClockStepped(Name, step);
        return true;
    }

    /// <summary>Puts in what is missing, and answers with the next few to visit, by their ids.</summary>
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
        _scheduler.KnowPermit(row);
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

    /// <param name="written">The version that the catalog has: an activation that does not know it was left behind, and looks at the store before long.</param>
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
                await GrainFactory.GetGrain<IJobGrain>(victim.JobId).Preempt($"job {waiting.JobId} of priority {waiting.Lane.Priority} needs its place");
            }
            catch (Exception problem)
            {
                // It runs on; when the worker is no longer kept, it or another is asked again.
                LogVisitFailed(victim.JobId, problem.Message, problem);
            }
        }
    }

    /// <summary>Reads what there is. Nobody is given work meanwhile: who came first in the catalog need not be the first in the queue.</summary>
    private async Task RebuildAsync()
    {
        // Without the running jobs it would pass quotas.
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
    /// A row does not say who has the job. Before a slot is given anything else, the pool should know what it was given already; a job that does not answer soon is heard at a later sweep.
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
