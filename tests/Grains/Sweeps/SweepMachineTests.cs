using System.Text.Json;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Grains.Graphs;
using Ptune.Grains.Sweeps;

namespace Ptune.Grains.Tests.Sweeps;

public sealed class SweepMachineTests
{
    [Fact]
    public void Submit_New_BeginsAsManyTrialsAsMayRun()
    {
        var sweep = new SweepDriver();
        var view = sweep.Submit();
        sweep.Perform();
        Assert.Equal((JobStatus.Running, 4), (view.Status, view.Total));
        Assert.Equal(["trial/1/9/tune", "trial/2/9/tune"], sweep.Submitted);
        Assert.True(sweep.State!.Outbox.Has(GraphEffects.Row));
    }

    [Fact]
    public void Apply_AJobOfAChainSucceeded_SubmitsTheNextAndNoNewTrial()
    {
        var sweep = Started();
        sweep.Says("trial/1/9/tune", JobStatus.Succeeded);
        sweep.Perform();
        Assert.Equal("trial/1/9/score", sweep.Submitted[^1]);
        sweep.Says("trial/1/9/score", JobStatus.Succeeded, 0.5);
        sweep.Perform();
        Assert.Equal("trial/3/9/tune", sweep.Submitted[^1]);
        Assert.Equal((0.5, 9, JobStatus.Succeeded), (sweep.View.Trials[0].Objective, sweep.View.Trials[0].Epochs, sweep.View.Trials[0].Status));
        Assert.Equal(1, sweep.View.Best);
    }

    [Fact]
    public void Apply_AllTrialsMeasured_SucceedsWithTheBest()
    {
        var sweep = Started();
        sweep.Now += TimeSpan.FromSeconds(90);
        sweep.RunAll(t => t.Number == 3 ? 0.9 : 0.5);

        var result = sweep.View.Result!;
        Assert.Equal((JobStatus.Succeeded, null), (sweep.View.Status, sweep.View.Message));
        Assert.Equal((3, "accuracy", "validation", 6000L, 36L, 90.0), (result.Best, result.Objective, result.EvaluatedOn, result.N, result.Epochs, result.Seconds));
        Assert.Equal(new JobCounts(8, 0), result.Jobs);
        Assert.Equal([0.1, 0.2, 0.3, 0.4], result.Trials.Select(t => t.Values["recipe.learningRate"].Number!.Value));
    }

    [Fact]
    public void Apply_Equals_NamesTheFirst()
    {
        var sweep = Started();
        sweep.RunAll(_ => 0.5);
        Assert.Equal(1, sweep.View.Result!.Best);
    }

    [Fact]
    public void Apply_ATrialFailed_GoesOnAndSaysSo()
    {
        var sweep = Started();
        sweep.RunAll(t => t.Number == 2 ? null : 0.5);
        Assert.Equal(JobStatus.Succeeded, sweep.View.Status);
        Assert.Equal("trial 2 failed (tune trial 2 at 9 epochs): no luck", sweep.View.Message);
        Assert.Equal((JobStatus.Failed, null), (sweep.View.Trials[1].Status, sweep.View.Trials[1].Objective));
        Assert.DoesNotContain("trial/2/9/score", sweep.Submitted);
    }

    [Fact]
    public void Apply_AllTrialsFailed_FailsWithTheFirstReason()
    {
        var sweep = Started();
        sweep.RunAll(_ => null);
        Assert.Equal(JobStatus.Failed, sweep.View.Status);
        Assert.Equal("4 of 4 trials failed; trial 1 failed (tune trial 1 at 9 epochs): no luck", sweep.View.Message);
        Assert.Null(sweep.View.Result);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(double.NaN)]
    public void Apply_AResultWithoutItsFigure_CountsAsFailed(double? figure)
    {
        var sweep = Started();
        sweep.Says("trial/1/9/tune", JobStatus.Succeeded);
        sweep.Perform();
        sweep.Says("trial/1/9/score", JobStatus.Succeeded, figure);
        Assert.Equal((JobStatus.Failed, "failed: its result has no metric 'accuracy'"), (sweep.View.Trials[0].Status, sweep.View.Trials[0].Message));
    }

    [Fact]
    public void Apply_TheSourceFailed_BeginsNoMoreTrials()
    {
        var sweep = new SweepDriver(Sample.HalvingSweep());
        sweep.Submit();
        sweep.Perform();
        Assert.Equal(4, sweep.Submitted.Count);
        sweep.Says("source", JobStatus.Failed, message: "gone");
        sweep.RunAll();
        Assert.Equal((JobStatus.Failed, 3), (sweep.View.Status, sweep.View.Trials.Length));
        Assert.Contains("score source", sweep.View.Message!, StringComparison.Ordinal);
        Assert.Equal(4, sweep.Submitted.Count);
    }

    [Fact]
    public void Apply_WithEarlyStopping_TrainsTheBestTheLongest()
    {
        var sweep = new SweepDriver(Sample.HalvingSweep());
        sweep.Submit();
        sweep.RunAll();

        var result = sweep.View.Result!;
        var best = result.Trials[result.Best - 1];
        Assert.Equal(9, result.Trials.Length);
        Assert.Equal([1, 3, 9], best.Rungs.Select(r => r.Epochs));
        Assert.Equal(result.Trials.Max(t => t.Objective), best.Objective);
        Assert.Single(sweep.Submitted, "source");
        Assert.Equal("accuracy.ported", result.Objective);
        Assert.True(result.Epochs < 9 * 9 / 2, $"{result.Epochs} epochs were trained");
    }

    [Fact]
    public void Submit_TwoTrialsAreOneJob_ComputesItOnce()
    {
        var sweep = new SweepDriver(Sample.Sweep() with
        {
            Method = SweepMethod.Random,
            Trials = 4,
            Vary = new() { ["recipe.epochs"] = new SweepRange { Values = [SweepValue.Of(1L), SweepValue.Of(2L), SweepValue.Of(3L), SweepValue.Of(4L)] } },
            Seed = 2,
        });
        sweep.Submit();
        sweep.RunAll(_ => 0.5);
        var kinds = sweep.View.Trials.Select(t => t.Values["recipe.epochs"].Json).Distinct().Count();
        Assert.True(kinds < 4);
        Assert.Equal(2 * kinds, sweep.Submitted.Count);
        Assert.All(sweep.View.Result!.Trials, t => Assert.Equal(0.5, t.Objective));
    }

    [Fact]
    public void Cancel_Running_WithdrawsFromAllJobsAndEndsWhenTheyHaveStopped()
    {
        var sweep = Started();
        Assert.Equal(JobStatus.Cancelling, sweep.Cancel()!.Status);
        sweep.Perform(onCancel: JobStatus.Cancelling);
        sweep.Says("trial/1/9/tune", JobStatus.Cancelled);
        Assert.Equal(JobStatus.Cancelling, sweep.State!.Status);
        sweep.Says("trial/2/9/tune", JobStatus.Succeeded);
        Assert.Equal(JobStatus.Cancelled, sweep.State.Status);
        Assert.All(sweep.View.Trials, t => Assert.Equal(JobStatus.Cancelled, t.Status));
        Assert.Equal(2, sweep.Submitted.Count);
    }

    [Fact]
    public void Submit_CancelledSweep_GoesOnWithWhatIsMissing()
    {
        var sweep = Started();
        sweep.Says("trial/1/9/tune", JobStatus.Succeeded);
        sweep.Perform();
        sweep.Cancel();
        sweep.Perform();
        Assert.Equal(JobStatus.Cancelled, sweep.State!.Status);
        sweep.Now += TimeSpan.FromSeconds(1);

        Assert.Equal(JobStatus.Running, sweep.Submit().Status);
        sweep.RunAll(_ => 0.5);
        Assert.Equal(JobStatus.Succeeded, sweep.View.Status);
        Assert.Single(sweep.Submitted, "trial/1/9/tune");
        Assert.Equal(new JobCounts(7, 1), sweep.View.Result!.Jobs);
    }

    [Fact]
    public void Submit_WhileCancelling_AsksAgainForWhatItHadWithdrawn()
    {
        var sweep = Started();
        sweep.Cancel();
        sweep.Perform(onCancel: JobStatus.Cancelling);
        Assert.Equal(JobStatus.Running, sweep.Submit().Status);
        sweep.RunAll(_ => 0.5);
        Assert.Equal(JobStatus.Succeeded, sweep.View.Status);
    }

    [Fact]
    public void Submit_FailedSweep_TriesTheFailedPartAgain()
    {
        var sweep = Started();
        sweep.RunAll(_ => null);
        var before = sweep.Submitted.Count;
        sweep.Submit();
        sweep.RunAll(_ => 0.5);
        Assert.Equal((JobStatus.Succeeded, null), (sweep.View.Status, sweep.View.Message));
        Assert.Equal(before + 8, sweep.Submitted.Count);
        Assert.All(sweep.View.Trials, t => Assert.Single(t.Rungs));
    }

    [Fact]
    public void Submit_SucceededSweep_AnswersThatEverythingWasThere()
    {
        var sweep = Started();
        sweep.RunAll(t => t.Number == 2 ? null : 0.5);
        var result = sweep.Submit().Result!;
        Assert.Equal((0, 0.0), (result.Jobs.Computed, result.Seconds));
    }

    [Fact]
    public void Retry_OfASweepThatSucceededWithoutATrial_TriesThatTrialAlone()
    {
        var sweep = Started();
        sweep.RunAll(t => t.Number == 2 ? null : 0.5);
        var before = sweep.Submitted.Count;
        Assert.Equal(JobStatus.Running, sweep.Retry()!.Status);
        sweep.RunAll(_ => 0.9);
        Assert.Equal(["trial/2/9/tune", "trial/2/9/score"], sweep.Submitted.Skip(before));
        Assert.Equal((2, null), (sweep.View.Result!.Best, sweep.View.Message));
    }

    [Fact]
    public void Retry_NothingFailed_ChangesNothing()
    {
        var sweep = Started();
        sweep.RunAll();
        var before = sweep.State;
        sweep.Retry();
        Assert.Same(before, sweep.State);
    }

    [Fact]
    public void Sweep_AMessageWasLost_HearsTheEndAllTheSame()
    {
        var sweep = Started();
        sweep.Set("trial/1/9/tune", JobStatus.Succeeded);
        sweep.Sweep();
        Assert.Contains("trial/1/9/score", sweep.InFlight);
    }

    [Fact]
    public void Sweep_NothingNew_ChangesNothing()
    {
        var sweep = Started();
        var before = sweep.State;
        sweep.Sweep();
        Assert.Same(before, sweep.State);
    }

    [Fact]
    public void Sweep_OtherCodePlansOtherJobs_GoesOnWithThoseAndKeepsWhatIsMeasured()
    {
        var sweep = Started();
        sweep.Says("trial/1/9/tune", JobStatus.Succeeded);
        sweep.Perform();
        sweep.Says("trial/1/9/score", JobStatus.Succeeded, 0.5);
        sweep.Perform();
        var other = new SweepPlans(sweep.Submission with { Nonce = "another plan" });
        var next = SweepMachine.Sweep(sweep.State, other, new Dictionary<string, JobView?>(), sweep.Now).State!;
        Assert.Equal(0.5, SweepMachine.View(next).Trials[0].Objective);
        Assert.Equal(sweep.State!.Trials[0], next.Trials[0]);
        Assert.Equal(other.Chain(next.Trials[1], 9).Select(j => j.JobId), next.Trials[1].Rungs[0].Jobs);
    }

    [Fact]
    public void State_AsJson_ComesBack()
    {
        var sweep = Started();
        sweep.RunAll();
        var json = JsonSerializer.Serialize(sweep.State, SpecJson.Options);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<SweepState>(json, SpecJson.Options), SpecJson.Options));
    }

    private static SweepDriver Started()
    {
        var sweep = new SweepDriver();
        sweep.Submit();
        sweep.Perform();
        return sweep;
    }
}
