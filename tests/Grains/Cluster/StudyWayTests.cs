using Ptune.Contracts.Jobs;
using Ptune.Contracts.Registry;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Grains.Hosting;
using Ptune.Grains.Tests.Studies;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>A study's whole way through real grains; the figures are made up, everything between is real.</summary>
public sealed class StudyWayTests
{
    [Fact]
    public async Task Study_WorkersDoTheirWork_IsComparedPublishedAndNotComputedTwice()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var (study, plan) = await SubmitAsync(cluster, Sample.Study());
        await WorkAsync(cluster, study);

        var view = (await study.Get())!;
        Assert.Equal((JobStatus.Succeeded, null), (view.Status, view.Message));
        Assert.Equal(new JobCounts(plan.Jobs.Length, 0), view.Result!.Jobs);
        Assert.Equal(0.65, view.Result.Targets[0].Ported.Mean, 12);
        Assert.Equal(JobStatus.Succeeded, cluster.Catalog.Jobs[plan.StudyId].Status);

        var key = StudyKeys.Pretraining("vit@v1");
        var digest = Sample.Digest(plan.Jobs.First(j => j.Key == key).JobId);
        Assert.Equal(digest, cluster.Catalog.Aliases["vit@v1"].Digest);
        Assert.Equal(digest, await cluster.Grains.GetGrain<IRegistryGrain>("default/vit").Resolve("v1"));

        var again = await study.Submit(new StudySubmission("default", Sample.Study(), [], null));
        Assert.Equal(new JobCounts(0, plan.Jobs.Length), again.Result!.Jobs);
    }

    [Fact]
    public async Task Study_OfLanguageModels_IsComparedByItsRows()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var (study, plan) = await SubmitAsync(cluster, LanguageSample.Study());
        await WorkAsync(cluster, study);

        var view = (await study.Get())!;
        Assert.Equal((JobStatus.Succeeded, null), (view.Status, view.Message));
        Assert.IsType<LanguageStudySpec>(view.Spec);
        Assert.Equal(new JobCounts(plan.Jobs.Length, 0), view.Result!.Jobs);
        Assert.Equal(["bare", "lora", "bare", "patched"], view.Result.Cells!.OrderBy(row => row.Target, StringComparer.Ordinal).ThenBy(row => row.Method, StringComparer.Ordinal).Select(row => row.Method));
        Assert.Equal(Sample.Digest(plan.Jobs.First(j => j.Key == StudyKeys.Pretraining("small@v1")).JobId), cluster.Catalog.Aliases["small@v1"].Digest);

        // What a silo forgets it reads again from the store.
        await cluster.ForgetAsync(study);
        Assert.IsType<LanguageStudySpec>((await study.Get())!.Spec);
        Assert.Equal(new JobCounts(0, plan.Jobs.Length), (await study.Submit(new StudySubmission("default", LanguageSample.Study(), [], null))).Result!.Jobs);
    }

    [Fact]
    public async Task Study_QueueHasRoomForOneJob_KeepsTheOthersAndEnds()
    {
        await using var cluster = await PtuneCluster.StartAsync(o => o.Tenants["default"] = new TenantOptions { MaxQueued = 1 });
        var (study, plan) = await SubmitAsync(cluster, Sample.Study());
        while ((await study.Get())!.Message is null) await Task.Yield();
        Assert.Contains("of its jobs", (await study.Get())!.Message, StringComparison.Ordinal);
        Assert.Contains("for room in the queue: Tenant default has 1 of at most 1 jobs waiting in pool default", (await study.Get())!.Message, StringComparison.Ordinal);

        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        var worker = new FakeWorker(cluster, "w");
        while ((await study.Get())!.Status != JobStatus.Succeeded)
        {
            Assert.InRange((await cluster.Pool().Get()).Queued, 0, 1);
            if (await worker.AcquireAsync() is { } lease) await worker.CompleteAsync(lease, StudyFigures.Of(lease.Spec, lease.JobId));
            else await cluster.Pool().Sweep();
        }
        Assert.Equal(new JobCounts(plan.Jobs.Length, 0), (await study.Get())!.Result!.Jobs);
    }

    [Fact]
    public async Task Study_ExtendedByATarget_ComputesOnlyTheNewCells()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var (first, plan) = await SubmitAsync(cluster, Sample.Study());
        await WorkAsync(cluster, first);

        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        var wider = Sample.Study() with
        {
            Models = new(Sample.Study().Models) { ["cnn@v1"] = new StudyModel { Architecture = new CnnSpec(), Pretraining = new StudyPretraining { Recipe = new TrainingRecipe { Epochs = 1 } } } },
            Targets = ["mlp@v1", "cnn@v1"],
        };
        var (second, widerPlan) = await SubmitAsync(cluster, wider);
        await WorkAsync(cluster, second);

        var jobs = (await second.Get())!.Result!.Jobs;
        Assert.Equal(new JobCounts(widerPlan.Jobs.Length - plan.Jobs.Length, plan.Jobs.Length), jobs);
    }

    [Fact]
    public async Task Cancel_JobsOfTwoStudies_StopsOnlyWhatNobodyElseWants()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var worker = new FakeWorker(cluster, "w");
        var (one, _) = await SubmitAsync(cluster, Sample.Study());
        var (two, _) = await SubmitAsync(cluster, Sample.Study() with { Seeds = [7] });
        var lease = await cluster.UntilAcquiredAsync(worker);
        await cluster.UntilAsync(lease.JobId, v => v.Askers.Length == 2);

        await one.Cancel();
        await cluster.UntilAsync(one, v => v.Status == JobStatus.Cancelled);
        Assert.Equal(HeartbeatReply.Continue, await worker.BeatAsync(lease, 1));

        await two.Cancel();
        await cluster.UntilAsync(lease.JobId, v => v.Status == JobStatus.Cancelling);
        Assert.Equal(HeartbeatReply.Cancel, await worker.BeatAsync(lease, 2));
        await worker.ReleaseAsync(lease, Sample.Checkpoint(2, lease.Epoch));
        await cluster.UntilAsync(two, v => v.Status == JobStatus.Cancelled);
        Assert.Equal(JobStatus.Cancelled, (await cluster.Job(lease.JobId).Get())!.Status);
    }

    [Fact]
    public async Task Study_SiloForgetsItsGrainsMidway_GoesOn()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var (study, plan) = await SubmitAsync(cluster, Sample.Study());
        // Work that ends when the study is submitted counts as known before: the clock has to move between the two.
        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        var worker = new FakeWorker(cluster, "w");
        for (var i = 0; i < 4; i++)
        {
            var lease = await cluster.UntilAcquiredAsync(worker);
            await worker.CompleteAsync(lease, StudyFigures.Of(lease.Spec, lease.JobId));
        }
        await cluster.ForgetAsync(study);
        await cluster.ForgetAsync(cluster.Pool());
        foreach (var job in plan.Jobs) await cluster.ForgetAsync(cluster.Job(job.JobId));

        await cluster.Pool().Sweep();
        await WorkAsync(cluster, study);
        Assert.Equal(plan.Jobs.Length, (await study.Get())!.Result!.Jobs.Computed);
    }

    private static async Task<(IStudyGrain Study, StudyPlan Plan)> SubmitAsync(PtuneCluster cluster, IStudySpec spec)
    {
        var plan = StudyPlans.Of("default", spec, new Dictionary<string, string>());
        var study = cluster.Study(plan.StudyId);
        Assert.Equal(JobStatus.Running, (await study.Submit(new StudySubmission("default", spec, [], null))).Status);
        Assert.Equal("TransferStudy", cluster.Catalog.Jobs[plan.StudyId].Kind);
        return (study, plan);
    }

    /// <summary>The word of its end overtakes the answer to its submit, which says that it waits. Nobody sweeps.</summary>
    [Fact]
    public async Task Study_JobEndsBeforeItsAnswerIsHeard_HearsOfTheEnd()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        TaskCompletionSource answers = new(), endIsTold = new();
        cluster.BeforeAnswer = call =>
        {
            if (call.InterfaceMethod.Name == nameof(IStudyGrain.JobEnded)) endIsTold.TrySetResult();
            return call.Grain is IJobGrain && call.InterfaceMethod.Name == nameof(IJobGrain.Submit) ? answers.Task : Task.CompletedTask;
        };
        var (study, _) = await SubmitAsync(cluster, Sample.Study());
        var worker = new FakeWorker(cluster, "w");
        var lease = await cluster.UntilAcquiredAsync(worker);
        await worker.CompleteAsync(lease, StudyFigures.Of(lease.Spec, lease.JobId));
        await endIsTold.Task;
        answers.SetResult();

        await WorkAsync(cluster, study);
        Assert.Equal(JobStatus.Succeeded, (await study.Get())!.Status);
    }

    /// <summary>A worker takes and completes whatever there is, woken by the bus, until the study has ended.</summary>
    private static async Task WorkAsync(PtuneCluster cluster, IStudyGrain study)
    {
        var worker = new FakeWorker(cluster, "w");
        var ended = cluster.UntilAsync(study, v => v.Status.IsFinal);
        while (!ended.IsCompleted)
        {
            while (await worker.AcquireAsync() is { } lease) await worker.CompleteAsync(lease, StudyFigures.Of(lease.Spec, lease.JobId));
            await Task.WhenAny(ended, cluster.Bus.Messages.WaitToReadAsync().AsTask());
            while (cluster.Bus.Messages.TryRead(out _)) { }
        }
        await ended;
    }
}
