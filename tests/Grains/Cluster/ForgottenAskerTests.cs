using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>The silo dies between a state's write and its row, and whoever asked is not there to ask again.</summary>
public sealed class ForgottenAskerTests
{
    [Fact]
    public async Task Submit_SiloDiesBeforeTheRow_IsFoundByTheSweep()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var id = Sample.Id(Sample.Job());
        await CutShortAsync(cluster, cluster.Job(id), () => cluster.SubmitAsync(Sample.Job()));
        Assert.Empty(cluster.Catalog.Jobs);

        await SweepAsync(cluster);
        Assert.Equal(JobStatus.Queued, cluster.Catalog.Jobs[id].Status);
        await cluster.UntilQueuedAsync(1);
        Assert.Empty(cluster.Catalog.Expected);
        Assert.NotNull(await new FakeWorker(cluster, "w").AcquireAsync());
    }

    [Fact]
    public async Task Retry_SiloDiesBeforeTheRow_IsFoundByTheSweep()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var id = (await cluster.SubmitAsync(Sample.Job())).JobId;
        await cluster.Job(id).Cancel(null);
        await cluster.UntilQueuedAsync(0);
        await CutShortAsync(cluster, cluster.Job(id), () => cluster.Job(id).Retry());
        Assert.Equal(JobStatus.Cancelled, cluster.Catalog.Jobs[id].Status);

        await SweepAsync(cluster);
        Assert.Equal(JobStatus.Queued, cluster.Catalog.Jobs[id].Status);
        await cluster.UntilQueuedAsync(1);
    }

    [Fact]
    public async Task SubmitOfAStudy_SiloDiesBeforeTheRow_IsFoundByTheSweep()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var plan = StudyPlanner.Plan("default", Sample.Study(), new Dictionary<string, string>());
        await CutShortAsync(cluster, cluster.Study(plan.StudyId), () => cluster.Study(plan.StudyId).Submit(new StudySubmission("default", Sample.Study(), [], null)));

        await SweepAsync(cluster);
        Assert.Equal((JobStatus.Running, "TransferStudy"), (cluster.Catalog.Jobs[plan.StudyId].Status, cluster.Catalog.Jobs[plan.StudyId].Kind));
        await cluster.UntilAsync(cluster.Study(plan.StudyId), v => v.Cells.Any(c => c.Status == JobStatus.Queued));
    }

    [Fact]
    public async Task SubmitOfASweep_SiloDiesBeforeTheRow_IsFoundByTheSweep()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        cluster.Catalog.Have("base");
        var id = new SweepPlanner("default", Sample.Sweep(), new Dictionary<string, string>()).SweepId;
        var sweep = cluster.Grains.GetGrain<ISweepGrain>(id);
        await CutShortAsync(cluster, sweep, () => sweep.Submit(new SweepSubmission("default", Sample.Sweep(), [], null)));

        await SweepAsync(cluster);
        Assert.Equal(JobStatus.Running, cluster.Catalog.Jobs[id].Status);
        await cluster.UntilAsync(sweep, v => v.Cells.Any(c => c.Status == JobStatus.Queued));
    }

    [Fact]
    public async Task Submit_NothingWasWritten_TheNoteIsForgottenAfterAWhile()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        cluster.Storage.Fault = (_, state) => state is Grains.Jobs.JobState ? StorageFault.BeforeWrite : StorageFault.None;
        await Assert.ThrowsAnyAsync<Exception>(() => cluster.SubmitAsync(Sample.Job()));
        await SweepAsync(cluster);
        Assert.Single(cluster.Catalog.Expected);

        cluster.Time.Advance(TimeSpan.FromMinutes(10));
        await cluster.Pool().Sweep();
        Assert.Empty(cluster.Catalog.Expected);
        Assert.Empty(cluster.Catalog.Jobs);
    }

    [Fact]
    public async Task Submit_NothingFails_LeavesNoNote()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        await cluster.SubmitAsync(Sample.Job());
        Assert.Empty(cluster.Catalog.Expected);
    }

    [Fact]
    public async Task Sweep_NoteThatTheRowHasOvertaken_IsStruckOff()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var id = (await cluster.SubmitAsync(Sample.Job())).JobId;
        await cluster.Catalog.ExpectAsync(new ExpectedRow(id, "default", "NoOp", 1, cluster.Time.GetUtcNow()));
        await SweepAsync(cluster);
        Assert.Empty(cluster.Catalog.Expected);
    }

    private static async Task CutShortAsync(PtuneCluster cluster, IAddressable grain, Func<Task> ask)
    {
        cluster.Catalog.Refuses = _ => true;
        await Assert.ThrowsAsync<IOException>(ask);
        await cluster.ForgetAsync(grain);
        await cluster.ForgetAsync(cluster.Pool());
        cluster.Catalog.Refuses = _ => false;
    }

    private static async Task SweepAsync(PtuneCluster cluster)
    {
        cluster.Time.Advance(TimeSpan.FromSeconds(16));
        await cluster.Pool().Sweep();
    }
}
