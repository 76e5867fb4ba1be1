namespace Ptune.Grains.Hosting;

/// <summary>
/// Tells the time at which the process began, and what has gone by since on the monotonic clock: nothing that sets the wall clock moves it. Orleans keeps lengths of time as differences of such
/// times. By the wall clock its collector would refuse to activate a grain while a clock that was set back by more than the grain's age has not caught up, and its timers would wait as long.
/// </summary>
internal sealed class SteadyTime(TimeProvider time) : TimeProvider
{
    private readonly DateTimeOffset _begin = time.GetUtcNow();
    private readonly long _since = time.GetTimestamp();

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _begin + time.GetElapsedTime(_since);

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
}
