using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Endpoints;

/// <summary>
/// Tells a page when to load itself anew: the event "changed", and "done" when nothing more will come. What has changed is not sent: the page is rendered by one code, and a stream that
/// breaks loses nothing.
/// </summary>
internal static class LiveStreams
{
    /// <summary>A page is not loaded more often.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/live/jobs/{id}", (HttpContext http, string id, PageFrames frames, IItemFinder finder, IChangeSource changes, TimeProvider time) =>
            FollowAsync(http, frames, time, tenant => finder.JobAsync(tenant, id, http.RequestAborted), found => changes.JobAsync(found, http.RequestAborted)));
        pages.MapGet("/live/studies/{id}", (HttpContext http, string id, PageFrames frames, IItemFinder finder, IChangeSource changes, TimeProvider time) =>
            FollowAsync(http, frames, time, tenant => finder.StudyAsync(tenant, id, http.RequestAborted), found => changes.StudyAsync(found, http.RequestAborted)));
        pages.MapGet("/live/sweeps/{id}", (HttpContext http, string id, PageFrames frames, IItemFinder finder, IChangeSource changes, TimeProvider time) =>
            FollowAsync(http, frames, time, tenant => finder.SweepAsync(tenant, id, http.RequestAborted), found => changes.SweepAsync(found, http.RequestAborted)));
        pages.MapGet("/live/pools", (HttpContext http, PageFrames frames, IChangeSource changes, TimeProvider time) =>
            FollowAsync(http, frames, time, _ => Task.FromResult<string?>(""), _ => changes.PoolsAsync(http.RequestAborted)));
    }

    private static async Task<IResult> FollowAsync(HttpContext http, PageFrames frames, TimeProvider time, Func<string, Task<string?>> find, Func<string, IAsyncEnumerable<string>> follow) =>
        await find(frames.Of(http).Visitor.Tenant) is { } found ? TypedResults.ServerSentEvents(Events(follow(found), time, http.RequestAborted)) : TypedResults.NotFound();

    private static async IAsyncEnumerable<SseItem<string>> Events(IAsyncEnumerable<string> changes, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // The first state is what the page shows already; it is sent all the same, since the page may be older than the stream.
        var last = 0L;
        await foreach (var change in changes.WithCancellation(cancellation))
        {
            if (last != 0 && time.GetElapsedTime(last) is var since && since < Beat) await Task.Delay(Beat - since, time, cancellation);
            last = time.GetTimestamp();
            yield return new SseItem<string>(change, "changed");
        }
        yield return new SseItem<string>("", "done");
    }
}
