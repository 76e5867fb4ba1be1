namespace Ptune.Grains.Shell;

/// <summary>Both clocks at one moment: the wall clock, which may be set at any time, and the monotonic one, which measures.</summary>
/// <param name="Wall">What time it is said to be.</param>
/// <param name="Timestamp">Of <see cref="TimeProvider.GetTimestamp"/>.</param>
internal readonly record struct ClockReading(DateTimeOffset Wall, long Timestamp)
{
    // A wall clock that is only steered (adjtime: at most 0.05 %) or read a moment later than the other has not been set.
    private const double Drift = 0.001;
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(1);

    public static ClockReading Of(TimeProvider time) => new(time.GetUtcNow(), time.GetTimestamp());

    /// <summary>
    /// By how much the wall clock was set between this reading and a later one; zero where it only ran. A machine that slept counts as one whose clock was set
    /// forward: the monotonic clock stands still meanwhile, for workers on it, too.
    /// </summary>
    public TimeSpan StepUntil(ClockReading later, TimeProvider time)
    {
        var elapsed = time.GetElapsedTime(Timestamp, later.Timestamp);
        var step = later.Wall - Wall - elapsed;
        return step.Duration() <= s_tolerance + (elapsed * Drift) ? TimeSpan.Zero : step;
    }
}
