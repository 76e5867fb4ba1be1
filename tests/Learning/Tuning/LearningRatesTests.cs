using Ptune.Contracts.Specs;
using Ptune.Learning.Tuning;

namespace Ptune.Learning.Tests.Tuning;

public sealed class LearningRatesTests
{
    private static readonly TrainingRecipe _recipe = new() { LearningRate = 0.8, Warmup = 0.2 };

    [Fact]
    public void At_WarmUp_RisesInEqualSteps()
    {
        var rates = new LearningRates(_recipe, 20);
        Assert.Equal([0.2, 0.4, 0.6, 0.8], Enumerable.Range(0, 4).Select(s => Math.Round(rates.At(s), 12)));
    }

    [Fact]
    public void At_Cosine_FallsFromTheHighestThroughHalfTowardsZero()
    {
        var rates = new LearningRates(_recipe, 20);
        Assert.Equal(0.8, rates.At(4), 12);
        Assert.Equal(0.4, rates.At(12), 12);
        Assert.InRange(rates.At(19), 0.0001, 0.01);
    }

    [Fact]
    public void At_Constant_StaysHighest()
    {
        var rates = new LearningRates(_recipe with { Schedule = LearningRateSchedule.Constant }, 20);
        Assert.All(Enumerable.Range(4, 16), step => Assert.Equal(0.8, rates.At(step)));
    }

    [Fact]
    public void At_Linear_FallsByTheSameEachStep()
    {
        var rates = new LearningRates(_recipe with { Schedule = LearningRateSchedule.Linear }, 20);
        Assert.All(Enumerable.Range(4, 16), step => Assert.Equal(0.8 * (20 - step) / 16, rates.At(step), 12));
    }

    [Fact]
    public void At_NoWarmUp_StartsHighest() =>
        Assert.Equal(0.8, new LearningRates(_recipe with { Warmup = 0 }, 20).At(0), 12);
}
