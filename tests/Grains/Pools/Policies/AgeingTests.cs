using Ptune.Grains.Pools.Policies;

namespace Ptune.Grains.Tests.Pools.Policies;

public sealed class AgeingTests
{
    private static readonly Ageing _ageing = new(TimeSpan.FromMinutes(10), step: 10, bound: 25);

    [Theory]
    [InlineData(-5, 100)]
    [InlineData(9.99, 100)]
    [InlineData(10, 110)]
    [InlineData(20, 120)]
    [InlineData(30, 125)]
    [InlineData(1e9, 125)]
    public void Effective_AfterAWait_GainsStepsUpToTheBound(double minutes, int expected) =>
        Assert.Equal(expected, _ageing.Effective(100, Sample.Noon.UtcTicks, Sample.Noon.AddMinutes(Math.Min(minutes, 1e8))));

    [Fact]
    public void Effective_NoStep_IsThePriority() =>
        Assert.Equal((100, 0), (new Ageing(TimeSpan.FromMinutes(10), 0, 25).Effective(100, Sample.Noon.UtcTicks, Sample.Noon.AddDays(1)), new Ageing(TimeSpan.FromMinutes(10), 0, 25).Bound));
}
