using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;

namespace Ptune.Silo.Http;

/// <summary>A study's or sweep's changes as they come, and the progress of its running jobs in between.</summary>
internal sealed class GraphWatch(IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>How often the open cells are asked for their progress: often enough for a progress bar.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    /// <summary>A study may have 2,000 open cells and many watchers: each watcher asks for this time a cell at most, so for 500 a second.</summary>
    private static readonly TimeSpan BeatOfACell = TimeSpan.FromMilliseconds(2);

    /// <summary>Events 'study' and 'progress'. Ends when the study is final, the caller leaves or the server stops.</summary>
    public IAsyncEnumerable<SseItem<object>> StudyAsync(string id, CancellationToken cancellation)
    {
        var study = grains.GetGrain<IStudyGrain>(id);
        return FollowAsync("study", study.Get, study.Watch, cancellation);
    }

    /// <summary>Events 'sweep' and 'progress'. Ends when the sweep is final, the caller leaves or the server stops.</summary>
    public IAsyncEnumerable<SseItem<object>> SweepAsync(string id, CancellationToken cancellation)
    {
        var sweep = grains.GetGrain<ISweepGrain>(id);
        return FollowAsync("sweep", sweep.Get, sweep.Watch, cancellation);
    }

    private async IAsyncEnumerable<SseItem<object>> FollowAsync<TView>(
        string name, Func<Task<TView?>> get, Func<long, Task<TView?>> watch, [EnumeratorCancellation] CancellationToken cancellation)
        where TView : class, IGraphView
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        var view = await get();
        StudyProgress[] sent = [];
        while (view is not null)
        {
            yield return new SseItem<object>(view, name);
            if (view.Status.IsFinal) yield break;

            var seen = view.Version;
            var watching = watch(seen);
            while (true)
            {
                if (!await BeatOrDoneAsync(watching, BeatOf(view), ending.Token)) yield break;
                if (watching.IsCompleted)
                {
                    view = await watching;
                    if (view is null || view.Version != seen) break;
                    watching = watch(seen);
                }
                var progress = await ProgressAsync(view);
                if (progress.Length == 0 || progress.SequenceEqual(sent)) continue;
                sent = progress;
                yield return new SseItem<object>(progress, "progress");
            }
        }
    }

    /// <returns>False when the stream is to end.</returns>
    private async Task<bool> BeatOrDoneAsync(Task watching, TimeSpan beat, CancellationToken ending)
    {
        await Task.WhenAny(watching, Task.Delay(beat, time, ending));
        return !ending.IsCancellationRequested;
    }

    private static TimeSpan BeatOf(IGraphView view) => TimeSpan.FromTicks(Math.Max(Beat.Ticks, Open(view).Count() * BeatOfACell.Ticks));

    private static IEnumerable<StudyCell> Open(IGraphView view) => view.Cells.Where(c => c.Status is { IsFinal: false });

    private async Task<StudyProgress[]> ProgressAsync(IGraphView view)
    {
        var open = Open(view).ToArray();
        var jobs = await Task.WhenAll(open.Select(c => grains.GetGrain<IJobGrain>(c.JobId).Get()));
        return [.. open.Zip(jobs).Where(p => p.Second is { Status.IsHeld: true }).Select(p => new StudyProgress(p.First.Key, p.First.JobId, p.Second!.Status, p.Second.Progress))];
    }
}
