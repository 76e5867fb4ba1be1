using Ptune.Contracts.Jobs;
using Ptune.Contracts.Registry;
using Ptune.Contracts.Specs;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>A job's artifact gets the names that its askers want.</summary>
public sealed class PublishWayTests
{
    private static readonly NoOpSpec s_named = Sample.Job() with { Publish = "legal@v1" };

    [Fact]
    public void Publish_AnyName_IsNoPartOfTheIdentity() => Assert.Equal(Sample.Id(Sample.Job()), Sample.Id(s_named));

    [Fact]
    public async Task Complete_WithAName_PublishesBeforeTheRowIsFinal()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        await cluster.SubmitAsync(s_named);
        await CompleteAsync(cluster, s_named);

        Assert.Equal(Sample.Digest("done"), await NameAsync(cluster));
        Assert.Equal(JobStatus.Succeeded, cluster.Catalog.Jobs[Sample.Id(s_named)].Status);
    }

    [Fact]
    public async Task Submit_DoneWorkUnderANewName_PublishesAtOnce()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        await cluster.SubmitAsync(Sample.Job());
        await CompleteAsync(cluster, Sample.Job());

        await cluster.SubmitAsync(s_named, "bob");

        Assert.Equal(Sample.Digest("done"), await NameAsync(cluster));
    }

    [Fact]
    public async Task Submit_JoinedWork_GetsBothNames()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        await cluster.SubmitAsync(s_named);
        await cluster.SubmitAsync(Sample.Job() with { Publish = "legal@v2" }, "bob");
        await CompleteAsync(cluster, s_named);

        Assert.Equal(Sample.Digest("done"), await NameAsync(cluster));
        Assert.Equal(Sample.Digest("done"), await NameAsync(cluster, "v2"));
    }

    [Fact]
    public async Task Complete_NameTakenMeanwhile_StaysAndTheTimelineSaysSo()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        await cluster.SubmitAsync(s_named);
        cluster.Catalog.Have("other");
        await Registry(cluster).Set("v1", Sample.Digest("other"), move: false, by: null);
        await CompleteAsync(cluster, s_named);

        Assert.Equal(Sample.Digest("other"), await NameAsync(cluster));
        var told = await cluster.UntilAsync(Sample.Id(s_named), view => view.Timeline.Any(e => e.Why.Contains("not published as legal@v1", StringComparison.Ordinal)));
        Assert.Equal(JobStatus.Succeeded, told.Status);
    }

    [Fact]
    public async Task Complete_NameTakenAndToBeMoved_IsMoved()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        cluster.Catalog.Have("other");
        await Registry(cluster).Set("v1", Sample.Digest("other"), move: false, by: null);
        await cluster.Job(Sample.Id(s_named)).Submit(new JobSubmission(s_named, "ann", "", Move: true));
        await CompleteAsync(cluster, s_named);

        Assert.Equal(Sample.Digest("done"), await NameAsync(cluster));
    }

    private static async Task CompleteAsync(PtuneCluster cluster, JobSpec spec)
    {
        var worker = new FakeWorker(cluster, "w");
        var lease = await cluster.UntilAcquiredAsync(worker);
        Assert.Equal(AttemptReply.Accepted, await worker.CompleteAsync(lease, Sample.Result("done")));
        await cluster.UntilAsync(Sample.Id(spec), view => view.Status == JobStatus.Succeeded);
    }

    private static IRegistryGrain Registry(PtuneCluster cluster) => cluster.Grains.GetGrain<IRegistryGrain>("default/legal");

    private static Task<string?> NameAsync(PtuneCluster cluster, string version = "v1") => Registry(cluster).Resolve(version);
}
