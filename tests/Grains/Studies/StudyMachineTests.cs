using System.Text.Json;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Grains.Graphs;
using Ptune.Grains.Studies;

namespace Ptune.Grains.Tests.Studies;

public sealed class StudyMachineTests
{
    private static readonly string _vit = StudyKeys.Pretraining("vit@v1");
    private static readonly string _mlp = StudyKeys.Pretraining("mlp@v1");

    [Fact]
    public void Submit_New_SubmitsOnlyWhatDependsOnNothing()
    {
        var study = new StudyDriver();
        Assert.Equal(JobStatus.Running, study.Submit().Status);
        study.Perform();
        Assert.Equal([_vit, _mlp], study.Submitted);
    }

    [Fact]
    public void Apply_InputsSucceeded_SubmitsEachCellOnceAndAfterItsInputs()
    {
        var study = new StudyDriver();
        study.Submit();
        study.RunAll();
        Assert.Equal(study.Plan.Jobs.Select(j => j.Key).Order(), study.Submitted.Order());
        var place = study.Submitted.Select((key, i) => (key, i)).ToDictionary(p => study.Id(p.key), p => p.i);
        Assert.All(study.Plan.Jobs, j => Assert.All(j.DependsOn, d => Assert.True(place[d] < place[j.JobId])));
    }

    [Fact]
    public void Apply_PretrainingSucceeded_PublishesItsAlias()
    {
        var study = new StudyDriver();
        study.Submit();
        study.Perform();
        study.Says(_vit, JobStatus.Succeeded);
        Assert.True(study.State!.Outbox.Has(StudyEffects.Alias, "vit@v1"));
        Assert.False(study.State.Outbox.Has(StudyEffects.Alias, "mlp@v1"));
    }

    [Fact]
    public void Finish_AllSucceeded_CountsWhatWasComputedAndHowLong()
    {
        var study = new StudyDriver();
        study.Submit();
        study.Now += TimeSpan.FromSeconds(90);
        study.RunAll();
        Assert.True(study.Owes(StudyEffects.Result));
        Assert.Equal(JobStatus.Running, study.State!.Status);

        var view = study.Finish(Result())!;
        Assert.Equal((JobStatus.Succeeded, 90.0), (view.Status, view.Result!.Seconds));
        Assert.Equal(new JobCounts(study.Plan.Jobs.Length, 0), view.Result.Jobs);
    }

    [Fact]
    public void Submit_AnsweredSucceededAtOnce_CountsAsReused()
    {
        var study = new StudyDriver();
        study.Set(_vit, JobStatus.Succeeded);
        study.Now += TimeSpan.FromSeconds(1);
        study.Submit();
        study.RunAll();
        Assert.Equal(new JobCounts(study.Plan.Jobs.Length - 1, 1), study.Finish(Result())!.Result!.Jobs);
        Assert.True(study.Cell(_vit).IsReused);
    }

    [Fact]
    public void Submit_SucceededStudy_AnswersThatEverythingWasThere()
    {
        var study = Succeeded();
        var view = study.Submit();
        Assert.Equal((JobStatus.Succeeded, new JobCounts(0, study.Plan.Jobs.Length)), (view.Status, view.Result!.Jobs));
    }

    [Fact]
    public void Apply_CellFailed_FinishesTheRestThenFailsWithItsReason()
    {
        var study = new StudyDriver();
        study.Submit();
        study.Perform();
        study.Says(_mlp, JobStatus.Failed, "bad pixels");
        Assert.Equal(JobStatus.Running, study.State!.Status);
        study.RunAll();

        Assert.Equal(JobStatus.Failed, study.State.Status);
        Assert.Contains($"{_mlp} failed: bad pixels", study.State.Message!, StringComparison.Ordinal);
        Assert.Contains("were not started", study.State.Message!, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Succeeded, study.Cell(StudyKeys.Reward(1)).Status);
        Assert.Null(study.Cell(StudyKeys.ModelScores("mlp@v1")).Status);
    }

    [Fact]
    public void Submit_FailedStudy_ComputesOnlyWhatIsMissing()
    {
        var study = new StudyDriver();
        study.Submit();
        study.Perform();
        study.Says(_mlp, JobStatus.Failed, "bad pixels");
        study.RunAll();
        var before = study.Submitted.Count;

        Assert.Equal(JobStatus.Running, study.Submit().Status);
        study.RunAll();
        Assert.Equal(JobStatus.Succeeded, study.Finish(Result())!.Status);
        Assert.Equal(_mlp, study.Submitted[before]);
        Assert.Equal(study.Plan.Jobs.Length + 1, study.Submitted.Count);
        Assert.Equal(study.Plan.Jobs.Length - before + 1, study.State!.Result!.Jobs.Computed);
    }

    [Fact]
    public void Retry_FailedStudy_ComputesOnlyWhatIsMissing()
    {
        var study = new StudyDriver();
        study.Submit();
        study.Perform();
        study.Says(_mlp, JobStatus.Failed, "bad pixels");
        study.RunAll();
        var before = study.Submitted.Count;

        Assert.Equal(JobStatus.Running, study.Retry()!.Status);
        study.RunAll();
        Assert.Equal(_mlp, study.Submitted[before]);
        Assert.Equal(study.Plan.Jobs.Length + 1, study.Submitted.Count);
        Assert.Equal(JobStatus.Succeeded, study.Finish(Result())!.Status);
    }

    [Fact]
    public void Retry_SucceededStudy_ChangesNothing()
    {
        var study = Succeeded();
        var before = study.State;
        study.Retry();
        Assert.Same(before, study.State);
    }

    [Fact]
    public void Apply_OldFailureBeforeTheAnswer_IsNotBelieved()
    {
        var study = new StudyDriver();
        study.Submit();
        study.Says(_mlp, JobStatus.Failed, "an earlier try");
        Assert.True(study.Cell(_mlp).IsInFlight);
        study.Perform();
        Assert.Equal(JobStatus.Queued, study.Cell(_mlp).Status);
    }

    [Fact]
    public void Cancel_Running_WithdrawsAndEndsWhenAllHaveStopped()
    {
        var study = new StudyDriver();
        study.Submit();
        study.Perform();
        Assert.Equal(JobStatus.Cancelling, study.Cancel()!.Status);
        study.Perform(onCancel: JobStatus.Cancelling);
        Assert.Equal(JobStatus.Cancelling, study.State!.Status);
        study.Says(_vit, JobStatus.Cancelled);
        Assert.Equal(JobStatus.Cancelling, study.State.Status);
        study.Says(_mlp, JobStatus.Succeeded);
        Assert.Equal(JobStatus.Cancelled, study.State.Status);
        Assert.Equal(JobStatus.Succeeded, study.Cell(_mlp).Status);
        Assert.Equal([_vit, _mlp], study.Submitted);
    }

    [Fact]
    public void Cancel_TheLastWordOfAJobIsLost_IsHeardByTheSweep()
    {
        var study = new StudyDriver();
        study.Submit();
        study.Perform();
        study.Cancel();
        study.Perform(onCancel: JobStatus.Cancelling);
        foreach (var key in study.InFlight.ToArray()) study.Set(key, JobStatus.Cancelled);
        study.Sweep();
        Assert.Equal(JobStatus.Cancelled, study.State!.Status);
    }

    [Fact]
    public void Cancel_OthersAskForTheJobsToo_EndsAtOnce()
    {
        var study = new StudyDriver();
        study.Submit();
        study.Perform();
        study.Cancel();
        study.Says(_vit, JobStatus.Running, null, "bob");
        study.Says(_mlp, JobStatus.Running, null, "bob");
        Assert.Equal(JobStatus.Cancelled, study.State!.Status);
    }

    [Fact]
    public void Cancel_BeforeAJobAnswered_WithdrawsWhenItDoes()
    {
        var study = new StudyDriver();
        study.Submit();
        study.Cancel();
        // The submit was under way, and its answer comes now.
        var view = Job(study, _vit, JobStatus.Queued);
        var heard = StudyMachine.Apply(study.State, new JobReport(study.Id(_vit), view, IsAnswer: true), study.Now).State!;
        Assert.True(heard.Outbox.Has(StudyEffects.Job, study.Id(_vit)));
        Assert.Equal(JobStatus.Cancelling, heard.Status);
    }

    [Fact]
    public void Submit_WhileCancelling_AsksAgainForWhatItHadWithdrawn()
    {
        var study = new StudyDriver();
        study.Submit();
        study.Perform();
        study.Cancel();
        study.Perform(onCancel: JobStatus.Cancelling);
        Assert.Equal(JobStatus.Running, study.Submit().Status);
        study.Perform();
        Assert.Equal([_vit, _mlp, _vit, _mlp], study.Submitted);
        study.RunAll();
        Assert.Equal(JobStatus.Succeeded, study.Finish(Result())!.Status);
    }

    [Fact]
    public void Submit_CancelledStudy_GoesOn()
    {
        var study = new StudyDriver();
        study.Submit();
        study.Perform();
        study.Says(_vit, JobStatus.Succeeded);
        study.Perform();
        study.Cancel();
        study.Perform();
        Assert.Equal(JobStatus.Cancelled, study.State!.Status);
        study.Submit();
        study.RunAll();
        Assert.Equal(JobStatus.Succeeded, study.Finish(Result())!.Status);
        Assert.Single(study.Submitted, _vit);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sweep_JobHasForgottenTheStudy_AsksAgain(bool isUnknown)
    {
        var study = new StudyDriver();
        study.Submit();
        study.Perform();
        if (isUnknown) study.Forget(_vit);
        else study.Set(_vit, JobStatus.Running, null, "bob");
        study.Sweep();
        study.Perform();
        Assert.Equal([_vit, _mlp, _vit], study.Submitted);
    }

    [Fact]
    public void Sweep_MessageWasLost_HearsTheEndAllTheSame()
    {
        var study = new StudyDriver();
        study.Submit();
        study.Perform();
        study.Set(_vit, JobStatus.Succeeded);
        study.Sweep();
        Assert.Equal(JobStatus.Succeeded, study.Cell(_vit).Status);
        Assert.True(study.Cell(StudyKeys.Reward(1)).IsInFlight);
    }

    [Fact]
    public void Sweep_NothingNew_ChangesNothing()
    {
        var study = new StudyDriver();
        study.Submit();
        study.Perform();
        var before = study.State;
        study.Sweep();
        Assert.Same(before, study.State);
    }

    [Fact]
    public void Finish_ComparisonImpossible_FailsWithTheReason()
    {
        var study = new StudyDriver();
        study.Submit();
        study.RunAll();
        Assert.Equal((JobStatus.Failed, "no figure"), (study.Finish(null, "no figure")!.Status, study.State!.Message));
    }

    [Fact]
    public void Finish_NotAllSucceeded_ChangesNothing()
    {
        var study = new StudyDriver();
        study.Submit();
        var before = study.State;
        study.Finish(Result());
        Assert.Same(before, study.State);
    }

    [Theory]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.Succeeded)]
    public void Apply_FinalStudy_ChangesNothing(JobStatus status)
    {
        var study = Succeeded();
        var final = study.State! with { Status = status };
        Assert.Same(final, StudyMachine.Apply(final, new JobReport(study.Id(_vit), Job(study, _vit, JobStatus.Failed), IsAnswer: true), study.Now).State);
        Assert.Same(final, StudyMachine.Cancel(final, study.Now).State);
    }

    [Fact]
    public void State_AsJson_ComesBack()
    {
        var state = Succeeded().State!;
        var json = JsonSerializer.Serialize(state, SpecJson.Options);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<StudyState>(json, SpecJson.Options), SpecJson.Options));
    }

    internal static StudyDriver Succeeded()
    {
        var study = new StudyDriver();
        study.Submit();
        study.RunAll();
        study.Finish(Result());
        return study;
    }

    internal static StudyResult Result()
    {
        var accuracy = Accuracy.Of([0.5, 0.75]);
        return new()
        {
            Study = "sample",
            StudyId = "id",
            Seeds = [1, 2],
            Splits = new() { ["test"] = "digest" },
            EvaluatedOn = "test",
            N = 100,
            Source = new SourceResult("vit@v1", accuracy, accuracy, accuracy, accuracy),
            Targets = [],
            Jobs = new JobCounts(0, 0),
            Seconds = 0,
        };
    }

    private static JobView Job(StudyDriver study, string key, JobStatus status) =>
        Grains.Jobs.JobMachine.View(Tests.Jobs.JobDriver.At("Queued").State!) with { JobId = study.Id(key), Status = status, Askers = [study.Asker] };
}
