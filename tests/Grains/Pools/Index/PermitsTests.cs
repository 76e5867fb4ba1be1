using Ptune.Grains.Pools.Index;

namespace Ptune.Grains.Tests.Pools.Index;

public sealed class PermitsTests
{
    private readonly Permits _permits = new(3);

    [Fact]
    public void Next_FreePermits_AreGoneRoundBeforeOneComesAgain()
    {
        int[] given = [Take(), Take(), Take()];
        Assert.Equal([0, 1, 2], given);
        foreach (var permit in given) _permits.Release(permit);
        Assert.Equal(0, Take());
        _permits.Release(0);
        Assert.Equal(1, _permits.Next());
    }

    [Fact]
    public void Next_AllTaken_SaysSo()
    {
        for (var i = 0; i < 3; i++) Take();
        Assert.Throws<InvalidOperationException>(() => _permits.Next());
        _permits.Release(1);
        Assert.Equal(1, _permits.Next());
    }

    [Fact]
    public void Release_TwoJobsWereThoughtToHaveOne_TheOtherStillHasIt()
    {
        _permits.Hold(0);
        _permits.Hold(0);
        _permits.Release(0);
        Assert.Equal(1, Take());
        Assert.Equal(2, Take());
        Assert.Throws<InvalidOperationException>(() => _permits.Next());
    }

    [Fact]
    public void Miss_RefusedPermit_IsLeftOutUntilItsJobIsKnownOrItIsForgotten()
    {
        _permits.Miss(0);
        _permits.Miss(1);
        Assert.Equal((2, 2), (_permits.Elsewhere, _permits.Next()));
        _permits.Hold(1);
        Assert.Equal(1, _permits.Elsewhere);
        _permits.ForgetElsewhere();
        Assert.Equal((0, 0), (_permits.Elsewhere, _permits.Next()));
    }

    [Fact]
    public void Miss_PermitOfAKnownJob_IsNotCountedTwice()
    {
        _permits.Hold(0);
        _permits.Miss(0);
        Assert.Equal(0, _permits.Elsewhere);
    }

    private int Take()
    {
        var permit = _permits.Next();
        _permits.Hold(permit);
        return permit;
    }
}
