using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Ptune.Contracts.Pools;
using Ptune.Silo.Http;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.ConsolePages;

/// <summary>Changes as the API's own watches tell them.</summary>
internal sealed class ChangeSource(JobWatch jobs, GraphWatch graphs, IPoolSource pools, IHostApplicationLifetime lifetime, TimeProvider time) : IChangeSource
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    public IAsyncEnumerable<string> JobAsync(string jobId, CancellationToken cancellation) =>
        jobs.FollowAsync(jobId, cancellation).Select(job => string.Create(CultureInfo.InvariantCulture, $"{job.Version} {job.Progress?.Step}"));

    public IAsyncEnumerable<string> StudyAsync(string studyId, CancellationToken cancellation) => Names(graphs.StudyAsync(studyId, cancellation));

    public IAsyncEnumerable<string> SweepAsync(string sweepId, CancellationToken cancellation) => Names(graphs.SweepAsync(sweepId, cancellation));

    public async IAsyncEnumerable<string> PoolsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        var last = "";
        while (!ending.IsCancellationRequested)
        {
            var state = string.Join(';', (await pools.ViewsAsync(CancellationToken.None)).Select(State));
            if (state != last) yield return Contracts.Identity.Digest.Of(state);
            last = state;
            await Task.WhenAny(Task.Delay(Look, time, ending.Token));
        }
    }

    private static IAsyncEnumerable<string> Names(IAsyncEnumerable<SseItem<object>> items) => items.Select(item => item.EventType);

    private static string State(PoolView pool) => string.Create(
        CultureInfo.InvariantCulture, $"{pool.Name} {pool.Queued} {pool.Leased} {string.Join(',', pool.Workers.Select(w => $"{w.WorkerId} {w.Order} {string.Join('+', w.Report.Running)}"))}");
}
