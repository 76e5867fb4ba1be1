using Orleans.Runtime;
using Ptune.Contracts.Jobs;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>A pool is made by naming it; nobody would end it.</summary>
public sealed class IdlePoolTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Pool_NobodyUsesItAnyMore_LeavesMemoryAndItsFinishedJobsStillLeaveTheListings()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var id = (await cluster.SubmitAsync(Sample.Job(pool: "once"))).JobId;
        Assert.Equal(JobStatus.Cancelled, (await cluster.Job(id).Cancel(null))!.Status);
        await cluster.Pool("once").Sweep();
        await cluster.Pool().Sweep();
        Assert.Contains("once", await AwakeAsync(cluster));

        // Nobody calls it: its own timer ends it.
        while ((await AwakeAsync(cluster)).Contains("once")) cluster.Time.Advance(s_minute);

        cluster.Time.Advance(TimeSpan.FromDays(8));
        while (cluster.Catalog.Jobs.ContainsKey(id)) await cluster.Pool().Sweep();
    }

    [Fact]
    public async Task Pool_OneOfItsJobsIsHeldBack_StaysAwake()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var id = (await cluster.SubmitAsync(Sample.Job(pool: "held"))).JobId;
        await cluster.Job(id).Suspend("held back");
        await cluster.Pool("idle").Get();
        while ((await AwakeAsync(cluster)).Contains("idle")) cluster.Time.Advance(s_minute);
        Assert.Contains("held", await AwakeAsync(cluster));
    }

    private static async Task<string[]> AwakeAsync(PtuneCluster cluster)
    {
        var active = await cluster.Grains.GetGrain<IManagementGrain>(0).GetActiveGrains(cluster.Pool().GetGrainId().Type);
        return [.. active.Select(id => id.Key.ToString()!)];
    }
}
