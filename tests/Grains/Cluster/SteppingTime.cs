namespace Ptune.Grains.Tests.Cluster;

/// <summary>A clock whose wall time can be set, as an administrator or NTP does; what measures lengths of time does not notice.</summary>
internal sealed class SteppingTime(TimeProvider inner) : TimeProvider
{
    private long _offset;

    public override long TimestampFrequency => inner.TimestampFrequency;

    public void Step(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _offset));

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
}
