using Ptune.Contracts.Jobs;
using Ptune.Grains.Hosting;
using Ptune.Grains.Jobs;

namespace Ptune.Grains.Tests.Jobs;

public sealed class RetryPolicyTests
{
    private static readonly RetryPolicy _policy = RetryPolicy.Of(new JobsOptions { CrashBackOff = TimeSpan.FromSeconds(2), LongestBackOff = TimeSpan.FromSeconds(60) });

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(5, 32)]
    [InlineData(6, 60)]
    [InlineData(1000, 60)]
    public void Wait_AnyJob_IsDrawnEvenlyBelowTheDoublingCap(int failures, double cap)
    {
        var waits = Enumerable.Range(0, 2000).Select(i => _policy.Wait(FailureCause.Crash, failures, $"default.{i}", i).TotalSeconds).ToArray();
        Assert.All(waits, wait => Assert.InRange(wait, 0, cap));
        Assert.InRange(waits.Average() / cap, 0.45, 0.55);
        Assert.True(waits.Max() > 0.95 * cap && waits.Min() < 0.05 * cap);
    }

    [Fact]
    public void Wait_SameAttempt_IsTheSameAndAnotherAttemptsIsNot()
    {
        var wait = _policy.Wait(FailureCause.Crash, 3, "default.a", 7);
        Assert.Equal(wait, _policy.Wait(FailureCause.Crash, 3, "default.a", 7));
        Assert.NotEqual(wait, _policy.Wait(FailureCause.Crash, 3, "default.a", 8));
        Assert.NotEqual(wait, _policy.Wait(FailureCause.Crash, 3, "default.b", 7));
    }

    [Fact]
    public void Wait_FirstLostWorker_IsNone()
    {
        Assert.Equal(TimeSpan.Zero, _policy.Wait(FailureCause.Infrastructure, 1, "default.a", 1));
        Assert.NotEqual(TimeSpan.Zero, _policy.Wait(FailureCause.Infrastructure, 2, "default.a", 2));
    }

    [Theory]
    [InlineData(FailureCause.Infrastructure, 20)]
    [InlineData(FailureCause.Crash, 3)]
    [InlineData(FailureCause.OutOfMemory, 6)]
    [InlineData(FailureCause.Timeout, 3)]
    [InlineData(FailureCause.Preempted, int.MaxValue)]
    [InlineData(FailureCause.Invalid, 1)]
    [InlineData(FailureCause.Dependency, 1)]
    [InlineData(FailureCause.Poison, 1)]
    public void For_EachCause_HasABudgetOfItsOwn(FailureCause cause, int tries) => Assert.Equal(tries, RetryPolicy.Default.For(cause).Tries);
}
