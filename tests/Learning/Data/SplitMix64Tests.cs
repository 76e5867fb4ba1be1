using Ptune.Learning.Data;

namespace Ptune.Learning.Tests.Data;

public sealed class SplitMix64Tests
{
    [Fact]
    public void Next_SeedOfThePublishedExample_GivesThePublishedNumbers()
    {
        // The first numbers of the reference implementation (Vigna, splitmix64.c) for the seed 1234567.
        var random = new SplitMix64(1234567);
        Assert.Equal(6457827717110365317UL, random.Next());
        Assert.Equal(3203168211198807973UL, random.Next());
        Assert.Equal(9817491932198370423UL, random.Next());
    }

    [Fact]
    public void Permutation_AnyCount_HoldsEveryNumberOnce()
    {
        var random = new SplitMix64(5);
        Assert.Equal(Enumerable.Range(0, 1000), random.Permutation(1000).Order());
    }

    [Fact]
    public void NextNormal_ManyDraws_HaveMeanZeroAndDeviationOne()
    {
        var random = new SplitMix64(9);
        double[] draws = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextNormal())];
        Assert.InRange(draws.Average(), -0.03, 0.03);
        Assert.InRange(Math.Sqrt(draws.Average(d => d * d)), 0.97, 1.03);
    }

    [Fact]
    public void Stream_OtherPurposeOfTheSameSeed_GivesOtherNumbers()
    {
        var first = SplitMix64.Stream(1, 1);
        var second = SplitMix64.Stream(1, 2);
        Assert.NotEqual(first.Next(), second.Next());
    }
}
