using Microsoft.Extensions.Time.Testing;
using Ptune.Grains.Shell;
using Ptune.Grains.Tests.Cluster;

namespace Ptune.Grains.Tests.Shell;

public sealed class ClockReadingTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero));
    private readonly SteppingTime _clock;

    public ClockReadingTests() => _clock = new SteppingTime(_time);

    [Theory]
    [InlineData(0, 3600, 0)]
    [InlineData(-180, 5, -180)]
    [InlineData(28_800, 5, 28_800)]
    [InlineData(0.9, 5, 0)]
    [InlineData(-1.1, 5, -1.1)]
    [InlineData(40, 86_400, 0)]
    [InlineData(-90, 86_400, -90)]
    public void StepUntil_LaterReading_IsHowFarTheClockWasSetAndNotItsDrift(double set, double elapsed, double expected)
    {
        var before = ClockReading.Of(_clock);
        _time.Advance(TimeSpan.FromSeconds(elapsed));
        _clock.Step(TimeSpan.FromSeconds(set));
        Assert.Equal(TimeSpan.FromSeconds(expected), before.StepUntil(ClockReading.Of(_clock), _clock));
    }
}
