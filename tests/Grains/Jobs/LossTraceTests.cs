using Ptune.Contracts.Jobs;
using Ptune.Grains.Jobs;

namespace Ptune.Grains.Tests.Jobs;

public sealed class LossTraceTests
{
    private readonly LossTrace _trace = new();

    [Fact]
    public void Add_FewReports_KeepsEach()
    {
        Add(1, 3);
        Add(5, 2.5);
        _trace.Add(new JobProgress(6, 100, null, 1));
        _trace.Add(null);
        Assert.Equal([new(1, 3), new(5, 2.5)], _trace.Points);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Add_VeryMany_KeepsSomeHundredEvenlyWithTheFirstAndTheNewest(int distance)
    {
        for (long step = 1; step <= 20_000; step++)
        {
            Add(step * distance, step);
            Assert.InRange(_trace.Points.Length, 1, LossTrace.Most - 1);
            Assert.Equal(step * distance, _trace.Points[^1].Step);
        }
        Assert.Equal(distance, _trace.Points[0].Step);
        Assert.InRange(_trace.Points.Length, LossTrace.Most / 4, LossTrace.Most);
        var gaps = _trace.Points.Zip(_trace.Points.Skip(1), (a, b) => b.Step - a.Step).SkipLast(1).ToArray();
        Assert.InRange(gaps.Max(), 1, gaps.Min() * 4);
    }

    [Fact]
    public void Add_ThatGoesOnFromACheckpoint_ReplacesWhatWasBehindIt()
    {
        Add(1, 3);
        Add(2, 2);
        Add(3, 1);
        Add(2, 9);
        Assert.Equal([new(1, 3), new(2, 9)], _trace.Points);
    }

    private void Add(long step, double loss) => _trace.Add(new JobProgress(step, 100_000, loss, 1));
}
