using System.Runtime.CompilerServices;
using Ptune.Contracts.Jobs;

namespace Ptune.Silo.Http;

/// <summary>A job's changes as they come.</summary>
internal sealed class JobWatch(IGrainFactory grains, IHostApplicationLifetime lifetime)
{
    /// <summary>
    /// The job as it stands, then each change, until it is final. Ends early, without an error, when the caller leaves or the server stops: a
    /// stream that is held open would hold up the stop.
    /// </summary>
    public async IAsyncEnumerable<JobView> FollowAsync(string jobId, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        var grain = grains.GetGrain<IJobGrain>(jobId);
        var view = await grain.Get();
        while (view is not null)
        {
            yield return view;
            if (view.Status.IsFinal) yield break;
            view = await NextAsync(grain, view, ending.Token);
        }
    }

    private static async Task<JobView?> NextAsync(IJobGrain grain, JobView seen, CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            var watching = grain.Watch(seen.Version);
            await Task.WhenAny(watching, Task.Delay(Timeout.Infinite, ending));
            if (!watching.IsCompleted) break;
            var view = await watching;
            if (view is null || view.Version != seen.Version || view.Progress != seen.Progress) return view;
        }
        return null;
    }
}
