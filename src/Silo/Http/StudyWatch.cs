using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;

namespace Ptune.Silo.Http;

/// <summary>A study's changes as they come, and how far its cells in work are in between.</summary>
internal sealed class StudyWatch(IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>How often the cells in work are asked how far they are: what a progress bar needs, and nothing to a grain.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    /// <summary>Ends when the study is final, the caller leaves or the server stops.</summary>
    public async IAsyncEnumerable<SseItem<object>> FollowAsync(string studyId, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        var grain = grains.GetGrain<IStudyGrain>(studyId);
        var view = await grain.Get();
        StudyProgress[] told = [];
        while (view is not null)
        {
            yield return new SseItem<object>(view, "study");
            if (view.Status.IsFinal) yield break;

            var seen = view.Version;
            var watching = grain.Watch(seen);
            while (true)
            {
                if (!await BeatOrDoneAsync(watching, ending.Token)) yield break;
                if (watching.IsCompleted)
                {
                    view = await watching;
                    if (view is null || view.Version != seen) break;
                    watching = grain.Watch(seen);
                }
                var progress = await ProgressAsync(view);
                if (progress.Length == 0 || progress.SequenceEqual(told)) continue;
                told = progress;
                yield return new SseItem<object>(progress, "progress");
            }
        }
    }

    /// <returns>False when the stream is to end.</returns>
    private async Task<bool> BeatOrDoneAsync(Task watching, CancellationToken ending)
    {
        await Task.WhenAny(watching, Task.Delay(Beat, time, ending));
        return !ending.IsCancellationRequested;
    }

    private async Task<StudyProgress[]> ProgressAsync(StudyView view)
    {
        var open = view.Cells.Where(c => c.Status is { IsFinal: false }).ToArray();
        var jobs = await Task.WhenAll(open.Select(c => grains.GetGrain<IJobGrain>(c.JobId).Get()));
        return [.. open.Zip(jobs).Where(p => p.Second is { Status.IsHeld: true }).Select(p => new StudyProgress(p.First.Key, p.First.JobId, p.Second!.Status, p.Second.Progress))];
    }
}
