using Ptune.Grains.Sweeps.Strategies;

namespace Ptune.Grains.Tests.Sweeps.Strategies;

/// <summary>Whole searches with trials that end in any order, some of them failing: what must hold at every step of each.</summary>
public sealed class AshaTests
{
    public static TheoryData<int, int, int, int> Searches
    {
        get
        {
            var data = new TheoryData<int, int, int, int>();
            for (var seed = 0; seed < 40; seed++) data.Add(seed, 1 + (seed * 7 % 40), 1 + (seed % 5), 2 + (seed % 3));
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void Next_AnyOrderOfEnds_KeepsTheRulesOfPromotion(int seed, int count, int rungs, int reduction)
    {
        var search = new Search(seed, count, rungs, reduction, failing: 0.1);
        search.Run(step =>
        {
            if (step.Rung == 0)
            {
                Assert.Equal(search.Trials.Count + 1, step.Trial);
                return;
            }
            var trial = search.Trials[step.Trial - 1];
            Assert.Equal(step.Rung, trial.Rungs.Count);
            var figure = Assert.NotNull(trial.At(step.Rung - 1));
            var measured = search.Trials.Where(t => t.At(step.Rung - 1) is not null).ToArray();
            var better = measured.Count(t => t.At(step.Rung - 1) > figure);
            var isClosing = search.Trials.Count == count && search.Trials.All(t => t.IsOver);
            Assert.True(better < measured.Length / reduction || isClosing, $"trial {step.Trial} was promoted with {better} better of {measured.Length}");
        });

        Assert.Equal(count, search.Trials.Count);
        Assert.All(search.Trials, t => Assert.True(t.IsOver));
        Assert.All(search.Trials, t => Assert.InRange(t.Rungs.Count, 1, rungs));
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void Next_NothingFails_MeasuresTheWinnerAtTheLastRung(int seed, int count, int rungs, int reduction)
    {
        var search = new Search(seed, count, rungs, reduction, failing: 0);
        search.Run(_ => { });

        Assert.Equal(rungs - 1, TrialStanding.Best(search.Trials)!.Reached!.Value.Rung);
        for (var rung = 0; rung < rungs - 1; rung++)
        {
            var (here, above) = (search.Trials.Count(t => t.Rungs.Count > rung), search.Trials.Count(t => t.Rungs.Count > rung + 1));
            Assert.True(above >= here / reduction, $"{above} of {here} went on from rung {rung}");
        }
    }

    [Fact]
    public void Next_RoomAndNobodyGoodEnough_BeginsANewTrialWithoutWaiting()
    {
        TrialStanding[] trials = [At(1, 0.5), Open(2), Open(3)];
        Assert.Equal(new SweepStep(4, 0), Asha.Next(trials, 9, 2, 3));
    }

    [Fact]
    public void Next_AThirdIsMeasured_PromotesTheBestAndThenNobodyTwice()
    {
        TrialStanding[] trials = [At(1, 0.5), At(2, 0.9), At(3, 0.7)];
        Assert.Equal(new SweepStep(2, 1), Asha.Next(trials, 9, 2, 3));
        trials[1] = new TrialStanding(2, [new(true, 0.9), new(false, null)]);
        Assert.Equal(new SweepStep(4, 0), Asha.Next(trials, 9, 2, 3));
    }

    [Fact]
    public void Next_Equals_PromotesTheFirst() => Assert.Equal(new SweepStep(1, 1), Asha.Next([At(1, 0.5), At(2, 0.5), At(3, 0.5)], 3, 2, 3));

    [Fact]
    public void Next_AFailedTrial_CountsForNoPromotion() =>
        Assert.Equal(new SweepStep(4, 0), Asha.Next([At(1, 0.5), At(2, 0.6), new TrialStanding(3, [new(true, null)])], 9, 2, 3));

    [Fact]
    public void Next_TooFewToHalve_SendsTheBestOnOnlyWhenAllElseIsDone()
    {
        TrialStanding[] trials = [At(1, 0.5), Open(2)];
        Assert.Null(Asha.Next(trials, 2, 3, 3));
        trials[1] = At(2, 0.6);
        Assert.Equal(new SweepStep(2, 1), Asha.Next(trials, 2, 3, 3));
    }

    [Fact]
    public void Next_TheBestFailsAboveAllElse_SendsTheNextBest()
    {
        TrialStanding[] trials = [At(1, 0.5), new(2, [new(true, 0.6), new(true, null)])];
        Assert.Equal(new SweepStep(1, 1), Asha.Next(trials, 2, 2, 3));
    }

    [Fact]
    public void Next_EverythingFailed_Ends() => Assert.Null(Asha.Next([new TrialStanding(1, [new(true, null)])], 1, 3, 3));

    private static TrialStanding At(int number, double objective) => new(number, [new RungStanding(true, objective)]);

    private static TrialStanding Open(int number) => new(number, [new RungStanding(false, null)]);
}
