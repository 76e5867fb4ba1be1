using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Workers;
using Ptune.Grains.Hosting;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>The wall clock is set, or the machine sleeps: neither ends an attempt, nor keeps anybody waiting.</summary>
public sealed class ClockStepTests
{
    /// <summary>Orleans' own parts by the same clock, as in a server.</summary>
    [Theory]
    [InlineData(-3)]
    [InlineData(-3 * 24 * 60)]
    [InlineData(2 * 60, -2 * 60)]
    [InlineData(3 * 24 * 60)]
    public async Task Submit_ClockWasSet_IsTakenAndGivenToAWorkerAtOnce(params int[] minutes)
    {
        await using var cluster = await PtuneCluster.StartAsync(isInRealTime: true);
        await cluster.SubmitAsync(Sample.Job(seed: 1));
        var worker = new FakeWorker(cluster, "w1");
        var number = 2;
        foreach (var step in minutes)
        {
            cluster.Clock.Step(TimeSpan.FromMinutes(step));
            var job = await cluster.SubmitAsync(Sample.Job(seed: number++));
            Assert.Equal(JobStatus.Queued, job.Status);
            await ReportAsync(cluster, "w1");
            Assert.Single((await cluster.Pool().Get()).Workers);
            Assert.NotNull(await cluster.UntilAcquiredAsync(worker));
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(-72)]
    public async Task Lease_ClockWasSet_LastsAsLongAsIfItHadNotBeen(int hours)
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var (worker, lease) = await RunningAsync(cluster);

        cluster.Clock.Step(TimeSpan.FromHours(hours));
        await cluster.Pool().Sweep();
        await cluster.Pool().Sweep();
        Assert.Equal(HeartbeatReply.Continue, await worker.BeatAsync(lease, 6));
        var job = (await cluster.Job(lease.JobId).Get())!;
        Assert.Equal((JobStatus.Running, 0, 1L), (job.Status, job.Failures, job.Epoch));

        cluster.Time.Advance(new JobsOptions().LeaseDuration + TimeSpan.FromSeconds(1));
        await cluster.UntilAsync(lease.JobId, v => v.Status == JobStatus.Queued && v.Failures == 1);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(-72)]
    public async Task Get_ClockWasSetWhileAJobRan_SaysHowLongItHasRunAndItsRest(int hours)
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var (worker, lease) = await RunningAsync(cluster);
        cluster.Time.Advance(TimeSpan.FromSeconds(10));
        cluster.Clock.Step(TimeSpan.FromHours(hours));
        await worker.BeatAsync(lease, 25);

        var job = (await cluster.Job(lease.JobId).Get())!;
        Assert.Equal(TimeSpan.FromSeconds(10), job.Running);
        Assert.Equal(TimeSpan.FromSeconds(30), ProgressEstimate.Of(job, cluster.Clock.GetUtcNow())!.Remaining);
    }

    [Fact]
    public async Task BackOff_ClockWasSetBack_EndsWhenItWouldHave()
    {
        await using var cluster = await PtuneCluster.StartAsync(o => o.CrashBackOff = TimeSpan.FromMinutes(5));
        var (worker, lease) = await RunningAsync(cluster);
        await worker.FailAsync(lease, FailureCause.Crash);
        Assert.NotNull((await cluster.Job(lease.JobId).Get())!.NotBefore);

        cluster.Clock.Step(TimeSpan.FromDays(-3));
        await cluster.Pool().Sweep();
        cluster.Time.Advance(TimeSpan.FromMinutes(5));
        await cluster.Pool().Sweep();
        Assert.Equal(2, (await cluster.UntilAcquiredAsync(worker)).Epoch);
    }

    [Fact]
    public async Task Deadline_ClockWasSetForward_IsNotPassed()
    {
        await using var cluster = await PtuneCluster.StartAsync();
        var spec = Sample.Job(seed: 1);
        spec = spec with { Scheduling = spec.Scheduling with { ActiveDeadline = "1h" } };
        var (worker, lease) = await RunningAsync(cluster, spec);

        cluster.Clock.Step(TimeSpan.FromDays(1));
        await cluster.Pool().Sweep();
        await cluster.Job(lease.JobId).Sweep();
        Assert.Equal(HeartbeatReply.Continue, await worker.BeatAsync(lease, 6));
    }

    private static async Task<(FakeWorker Worker, Lease Lease)> RunningAsync(PtuneCluster cluster, JobSpec? spec = null)
    {
        var worker = new FakeWorker(cluster, "w1");
        await ReportAsync(cluster, "w1");
        await cluster.SubmitAsync(spec ?? Sample.Job(seed: 1));
        var lease = await cluster.UntilAcquiredAsync(worker);
        await worker.BeatAsync(lease, 5);
        return (worker, lease);
    }

    private static Task ReportAsync(PtuneCluster cluster, string id) =>
        cluster.Grains.GetGrain<IWorkerGrain>(id).Report(new WorkerReport("default", "host", 1, "cpu", 1, 1, "1.0", [], 16, []));
}
