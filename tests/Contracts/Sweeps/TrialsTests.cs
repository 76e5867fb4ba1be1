using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Sweeps;
using Ptune.Contracts.Sweeps.Strategies;
using Ptune.Contracts.Tests.Specs;

namespace Ptune.Contracts.Tests.Sweeps;

public sealed class TrialsTests
{
    private static readonly Dictionary<string, SweepRange> _mixed = new()
    {
        ["rate"] = new SweepRange { Min = 0.0001, Max = 0.01, Scale = SweepScale.Log },
        ["decay"] = new SweepRange { Min = -1, Max = 3 },
        ["batch"] = new SweepRange { Min = 8, Max = 11 },
        ["epochs"] = new SweepRange { Min = 1, Max = 1000, Scale = SweepScale.Log },
        ["word"] = new SweepRange { Values = [SweepValue.Of("a"), SweepValue.Of("b"), SweepValue.Of("c")] },
    };

    [Fact]
    public void Grid_AllNumbers_GiveEveryCombinationOnceInAStableOrder()
    {
        var vary = new Dictionary<string, SweepRange> { ["b"] = Numbers(1, 2, 3), ["a"] = Numbers(10, 20), ["c"] = Numbers(7) };
        var trials = Enumerable.Range(1, (int)GridTrials.Count(vary)).Select(n => string.Join(' ', GridTrials.Values(vary, n).Select(v => $"{v.Key}{v.Value}"))).ToArray();

        Assert.Equal(["a10 b1 c7", "a10 b2 c7", "a10 b3 c7", "a20 b1 c7", "a20 b2 c7", "a20 b3 c7"], trials);
        var reordered = vary.Reverse().ToDictionary();
        Assert.Equal(GridTrials.Values(vary, 5), GridTrials.Values(reordered, 5));
    }

    [Fact]
    public void Grid_MoreCombinationsThanNumbers_CountsTheMost() =>
        Assert.Equal(long.MaxValue, GridTrials.Count(Enumerable.Range(0, 30).ToDictionary(i => $"{i}", _ => Numbers([.. Enumerable.Range(1, 100)]))));

    [Fact]
    public void Random_AnySeedAndTrial_StaysWithinItsBounds()
    {
        for (var seed = -20; seed < 20; seed++)
        {
            for (var number = 1; number <= 50; number++)
            {
                var values = Draw(seed, number);
                Assert.InRange(values["rate"].Number!.Value, 0.0001, 0.01);
                Assert.InRange(values["decay"].Number!.Value, -1, 3);
                Assert.Contains(values["batch"].Json, new[] { "8", "9", "10", "11" });
                Assert.InRange(values["epochs"].Number!.Value, 1, 1000);
                Assert.Equal(values["epochs"].Number!.Value, Math.Floor(values["epochs"].Number!.Value));
                Assert.Contains(values["word"].ToString(), new[] { "a", "b", "c" });
            }
        }
    }

    [Fact]
    public void Random_ManyTrials_CoverTheirRangesEvenly()
    {
        var draws = Enumerable.Range(1, 4000).Select(n => Draw(1, n)).ToArray();
        // Half of the mass lies below the middle: of the logarithms where the scale says so.
        Assert.InRange(draws.Count(d => d["rate"].Number < 0.001), 1900, 2100);
        Assert.InRange(draws.Count(d => d["decay"].Number < 1), 1900, 2100);
        Assert.All(draws.GroupBy(d => d["batch"]), g => Assert.InRange(g.Count(), 900, 1100));
        Assert.All(draws.GroupBy(d => d["word"]), g => Assert.InRange(g.Count(), 1230, 1440));
        Assert.Equal(4, draws.DistinctBy(d => d["batch"]).Count());
    }

    [Fact]
    public void Random_SameSeedAndNumber_DrawsTheSameWhateverElseIsVaried()
    {
        var alone = new Dictionary<string, SweepRange> { ["rate"] = _mixed["rate"] };
        Assert.Equal(Draw(7, 3)["rate"], RandomTrials.Values(alone, _ => false, 7, 3)["rate"]);
        Assert.NotEqual(Draw(7, 3)["rate"], Draw(8, 3)["rate"]);
        Assert.NotEqual(Draw(7, 3)["rate"], Draw(7, 4)["rate"]);
    }

    /// <summary>Stored sweeps go on with the draws of the version that began them, so they never change.</summary>
    [Fact]
    public void Random_FirstDraws_AreAsTheyWereRecorded() => Assert.Equal(
        ["recipe.batchSize 32 recipe.learningRate 0.0001093", "recipe.batchSize 64 recipe.learningRate 0.0003537", "recipe.batchSize 64 recipe.learningRate 0.0006088"],
        Enumerable.Range(1, 3).Select(n => string.Join(' ', SweepTrials.Values(Sweep(), n).Select(v => $"{v.Key} {v.Value}"))));

    [Fact]
    public void Plan_OfAReward_SharesTheSourcesScoresAndChainsTheRest()
    {
        var plan = new SweepPlanner("default", Sweep(), new Dictionary<string, string>()).Plan();

        var kinds = plan.Jobs.Take(4).Select(j => (j.Key, j.Spec.GetType().Name, j.DependsOn.Length)).ToArray();
        Assert.Equal([("source", "ScoringSpec", 0), ("trial/1/2/tune", "RewardTuningSpec", 0), ("trial/1/2/score", "ScoringSpec", 1), ("trial/1/2/evaluate", "EvaluationSpec", 2)], kinds);
        Assert.Single(plan.Jobs, j => j.Key == "source");
        Assert.Equal(1 + (3 * 16), plan.Jobs.Length);
        var tuned = Assert.IsType<RewardTuningSpec>(plan.Jobs[1].Spec);
        Assert.Equal((2, 32, 100), (tuned.Recipe.Epochs, tuned.Recipe.BatchSize, tuned.Data.Count));
        var scored = Assert.IsType<ScoringSpec>(plan.Jobs[2].Spec);
        Assert.Equal((Split.Validation, null), (scored.Data.Split, scored.Data.Count));
    }

    [Fact]
    public void Plan_OfMoreTrials_HoldsThoseOfFewer()
    {
        var few = new SweepPlanner("default", Sweep(), new Dictionary<string, string>()).Plan();
        var many = new SweepPlanner("default", Sweep() with { Trials = 20 }, new Dictionary<string, string>()).Plan();

        Assert.NotEqual(few.SweepId, many.SweepId);
        Assert.Empty(few.Jobs.Select(j => j.JobId).Except(many.Jobs.Select(j => j.JobId)));
    }

    [Fact]
    public void Plan_ParallelAlone_IsTheSameSweep() => Assert.Equal(
        new SweepPlanner("default", Sweep(), new Dictionary<string, string>()).SweepId,
        new SweepPlanner("default", Sweep() with { Parallel = 9 }, new Dictionary<string, string>()).SweepId);

    private static SweepSpec Sweep() => (SweepSpec)SpecReader.Read(SweepSamples.Sweep).Spec!;

    private static Dictionary<string, SweepValue> Draw(long seed, int number) => RandomTrials.Values(_mixed, path => path is "batch" or "epochs", seed, number);

    private static SweepRange Numbers(params int[] numbers) => new() { Values = [.. numbers.Select(n => SweepValue.Of((long)n))] };
}
