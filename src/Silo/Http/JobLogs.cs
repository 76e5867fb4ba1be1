using System.Text;
using Ptune.Contracts.Jobs;
using Ptune.Storage.Artifacts;

namespace Ptune.Silo.Http;

/// <summary>Writes attempts' logs to a response as they come.</summary>
internal sealed class JobLogs(LogStore store, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>How often new pieces are looked for; workers store one a second at most.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    public Task CopyAsync(string jobId, long epoch, Stream body, CancellationToken cancellation) => CopyAsync(jobId, epoch, 0, body, cancellation);

    /// <summary>The log from its beginning, then what comes, until the job is final, the caller leaves or the server stops.</summary>
    /// <param name="view">The job as it stands.</param>
    /// <param name="attempt">Only this one, until it is over; null: the current one and those after it.</param>
    /// <param name="body">Gets UTF-8 text.</param>
    /// <param name="cancellation">The caller has left.</param>
    public async Task FollowAsync(JobView view, long? attempt, Stream body, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        var grain = grains.GetGrain<IJobGrain>(view.JobId);
        var epoch = attempt ?? Math.Max(view.Epoch, 1);
        var next = 0;
        try
        {
            // Headers go out at once: a caller that waits for a first line knows that it is heard.
            await body.FlushAsync(ending.Token);
            while (true)
            {
                // What is over is looked up before the pieces are: then none of them can be missed. A job that nobody holds has no attempt that still writes.
                var isOver = view.Status.IsFinal || view.Epoch > epoch || !view.Status.IsHeld;
                next = await CopyAsync(view.JobId, epoch, next, body, ending.Token);
                if (isOver && attempt is not null) return;
                if (view.Status.IsFinal && view.Epoch <= epoch) return;
                if (view.Epoch > epoch) (epoch, next) = (epoch + 1, 0);
                else await Task.Delay(Beat, time, ending.Token);
                view = await grain.Get() ?? view;
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The caller left, or the server stops: the log that was written stands.
        }
    }

    /// <returns>The number of the piece to go on from.</returns>
    private async Task<int> CopyAsync(string jobId, long epoch, int from, Stream body, CancellationToken cancellation)
    {
        await foreach (var piece in store.ReadAsync(jobId, epoch, from, cancellation))
        {
            await body.WriteAsync(Encoding.UTF8.GetBytes(piece.Text), cancellation);
            from = piece.Piece + 1;
        }
        await body.FlushAsync(cancellation);
        return from;
    }
}
