using Ptune.Contracts.Audit;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Registry;
using Ptune.Grains.Tests.Cluster;

namespace Ptune.Grains.Tests.Audit;

/// <summary>From what somebody asks a grain to the rows of the audit trail.</summary>
public sealed class AuditWayTests
{
    private static readonly AuditStamp s_ann = new("ann", "k1", "submitter", "192.0.2.1", "r1");

    [Fact]
    public async Task Job_EachChangeThatIsAskedFor_IsARowBeforeTheAnswer()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var id = (await SubmitAsync(cluster)).JobId;
        Assert.Equal("job.submit", Assert.Single(Rows(cluster)).What);
        await cluster.Job(id).Suspend("held", s_ann);
        await cluster.Job(id).Resume(s_ann);
        await cluster.Job(id).Cancel(null, s_ann);
        await cluster.Job(id).Retry(s_ann);

        var rows = Rows(cluster);
        Assert.Equal(["job.submit", "job.suspend", "job.resume", "job.cancel", "job.retry"], rows.Select(r => r.What));
        Assert.All(rows, r => Assert.Equal(("ann", "k1", "submitter", "192.0.2.1", "r1", id, "default"), (r.Who, r.KeyId, r.Role, r.From, r.RequestId, r.Target, r.Chain)));
        Assert.Null(rows[0].Before);
        Assert.StartsWith("queued", rows[0].After, StringComparison.Ordinal);
        Assert.Equal(rows[1].After, rows[2].Before);
        Assert.StartsWith("cancelled", rows[3].After, StringComparison.Ordinal);
        Assert.Equal(rows.Skip(1).Select(r => r.Previous), cluster.Audit.Rows("default").SkipLast(1).Select(r => r.Digest));
    }

    [Fact]
    public async Task Job_CommandsThatChangeNothing_LeaveNoRow()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var id = (await SubmitAsync(cluster)).JobId;
        await SubmitAsync(cluster);
        await cluster.Job(id).Resume(s_ann);
        await cluster.Job(id).Suspend("nobody outside asks");
        Assert.Single(Rows(cluster));
    }

    [Fact]
    public async Task Cancel_TrailIsAway_IsRefusedAndWrittenOnceByTheSweep()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var id = (await SubmitAsync(cluster)).JobId;
        cluster.Audit.Fault = () => StorageFault.BeforeWrite;
        var refusal = await Assert.ThrowsAsync<AuditUnavailableException>(() => cluster.Job(id).Cancel(null, s_ann));
        Assert.Contains("the disk is full", refusal.Message, StringComparison.Ordinal);
        Assert.NotEqual(JobStatus.Cancelled, cluster.Catalog.Jobs[id].Status);

        // The grain has lost its memory in between: what it owes is in the store.
        await cluster.ForgetAsync(cluster.Job(id));
        cluster.Audit.Fault = () => StorageFault.None;
        await cluster.Pool().Sweep();
        Assert.Equal(["job.submit", "job.cancel"], Rows(cluster).Select(r => r.What));
        Assert.Equal(JobStatus.Cancelled, cluster.Catalog.Jobs[id].Status);
    }

    [Theory]
    [InlineData((int)StorageFault.AfterWrite)]
    [InlineData((int)StorageFault.Conflict)]
    public async Task Submit_AnswerOfTheTrailIsLost_IsWrittenOnce(int fault)
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var faults = new Queue<StorageFault>([(StorageFault)fault]);
        cluster.Audit.Fault = () => faults.TryDequeue(out var next) ? next : StorageFault.None;
        if (fault == (int)StorageFault.AfterWrite) await Assert.ThrowsAsync<AuditUnavailableException>(() => SubmitAsync(cluster));
        await SubmitAsync(cluster);
        Assert.Single(Rows(cluster));
    }

    [Fact]
    public async Task Name_SetAndRemoved_AreRowsOfTheTenant()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var names = cluster.Grains.GetGrain<IRegistryGrain>("red/vit");
        cluster.Catalog.Have("artifact");
        await names.Set("v1", Sample.Digest(), move: false, by: null, s_ann);
        await names.Remove("v1", null, by: null, s_ann);
        var rows = cluster.Audit.Rows("red").Select(AuditText.Read).ToArray();
        Assert.Equal([("name.set", "vit@v1", null, Sample.Digest()), ("name.remove", "vit@v1", Sample.Digest(), (string?)null)], rows.Select(r => (r.What, r.Target, r.Before, r.After)));
    }

    private static Task<JobView> SubmitAsync(PtuneCluster cluster) =>
        cluster.Job(Sample.Id(Sample.Job())).Submit(new JobSubmission(Sample.Job(), "ann", "a job") { By = s_ann });

    private static AuditRow[] Rows(PtuneCluster cluster) => [.. cluster.Audit.Rows("default").Select(AuditText.Read)];
}
