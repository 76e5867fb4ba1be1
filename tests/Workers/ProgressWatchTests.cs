using Microsoft.Extensions.Time.Testing;
using Ptune.Supervisor.Attempts;

namespace Ptune.Workers.Tests;

public sealed class ProgressWatchTests
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan _almost = TimeSpan.FromMinutes(29);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Hangs_NothingIsSaid_AfterTheLimit()
    {
        using var watch = Begun();
        _time.Advance(_almost);
        Assert.False(watch.Hangs.IsCancellationRequested);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(watch.Hangs.IsCancellationRequested);
        Assert.Equal("before its first step", watch.Where);
    }

    [Fact]
    public void Hangs_StepsAndSignsCome_Never()
    {
        using var watch = Begun();
        for (var step = 0; step < 10; step++)
        {
            _time.Advance(_almost);
            watch.Step(step);
            _time.Advance(_almost);
            watch.Sign();
        }
        Assert.False(watch.Hangs.IsCancellationRequested);
        Assert.Equal("at step 9", watch.Where);
    }

    [Fact]
    public void Hangs_TheSameStepAgainAndAgain_AfterTheLimit()
    {
        using var watch = Begun();
        watch.Step(5);
        _time.Advance(_almost);
        watch.Step(5);
        _time.Advance(_almost);
        Assert.True(watch.Hangs.IsCancellationRequested);
    }

    [Fact]
    public void Hangs_BeforeItsBegin_Never()
    {
        using var watch = new ProgressWatch(_limit, _time);
        watch.Sign();
        _time.Advance(_limit * 2);
        Assert.False(watch.Hangs.IsCancellationRequested);
    }

    private ProgressWatch Begun()
    {
        var watch = new ProgressWatch(_limit, _time);
        watch.Begin();
        return watch;
    }
}
