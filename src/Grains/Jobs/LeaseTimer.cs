using Orleans.Runtime;

namespace Ptune.Grains.Jobs;

/// <summary>
/// Looks at a job at the moment when its lease runs out, so that a lost worker's job goes on then and not with the pool's next sweep. Heartbeats do not touch
/// it: a look that comes while the lease has time left is put off by that time. Lost with its silo, it is replaced by the sweep, which visits every held job.
/// </summary>
/// <param name="grain">The job's.</param>
/// <param name="expires">When the lease runs out; null where nobody holds one.</param>
/// <param name="look">Takes the job from its worker where the time is over.</param>
internal sealed class LeaseTimer(IGrainBase grain, Func<DateTimeOffset?> expires, Func<Task> look, TimeProvider time)
{
    private IGrainTimer? _timer;

    /// <summary>To be called when a lease was given, or read from the store.</summary>
    public void Watch()
    {
        if (expires() is not { } end) return;
        _timer ??= grain.RegisterGrainTimer(LookAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true });
        var left = end - time.GetUtcNow();
        _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        if (expires() is not { } end) return;
        if (end > time.GetUtcNow()) Watch();
        else await look();
    }
}
