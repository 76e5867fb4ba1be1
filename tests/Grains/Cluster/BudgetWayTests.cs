using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Ptune.Grains.Hosting;
using Ptune.Grains.Tests.Studies;

namespace Ptune.Grains.Tests.Cluster;

/// <summary>A tenant's account over real grains: what is spent and reserved, through ends, restarts and the turn of a month.</summary>
public sealed class BudgetWayTests
{
    private const double Hour = 3600;

    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Get_JobOnItsWay_IsReservedAndThenSpent()
    {
        await using var cluster = await StartAsync();
        var worker = new FakeWorker(cluster, "w");
        await SubmitAsync(cluster, 1, 2 * Hour);
        Assert.Equal(new BudgetUse("2026-11", 0, 2, 8, 0), await Budget(cluster).Get(10));
        var lease = await cluster.UntilAcquiredAsync(worker);
        cluster.Time.Advance(TimeSpan.FromMinutes(30));
        await worker.BeatAsync(lease, 1);
        Assert.Equal(new BudgetUse("2026-11", 0, 2, 8, 0), await Budget(cluster).Get(10));

        await worker.CompleteAsync(lease);
        Assert.Equal(new BudgetUse("2026-11", 0.5, 0, 9.5, 0), await Budget(cluster).Get(10));
        // What is in the store costs nothing more.
        await SubmitAsync(cluster, 1, 2 * Hour);
        Assert.Equal(new BudgetUse("2026-11", 0.5, 0, 9.5, 0), await Budget(cluster).Get(10));
        Assert.Equal(new BudgetUse("2026-11", 0.5, 0, null, 0), await Budget(cluster).Get(null));
    }

    [Fact]
    public async Task Get_JobWithoutAnEstimate_ReservesWhatItsAttemptHasHeldSoFar()
    {
        await using var cluster = await StartAsync();
        var worker = new FakeWorker(cluster, "w");
        await SubmitAsync(cluster, 1, seconds: null);
        Assert.Equal(new BudgetUse("2026-11", 0, 0, 10, 1), await Budget(cluster).Get(10));
        var lease = await cluster.UntilAcquiredAsync(worker);
        await worker.BeatAsync(lease, 1);
        cluster.Time.Advance(TimeSpan.FromMinutes(45));
        Assert.Equal(0.75, (await Budget(cluster).Get(10)).Reserved, 6);
        await worker.FailAsync(lease, FailureCause.Invalid);
        Assert.Equal(new BudgetUse("2026-11", 0.75, 0, 9.25, 0), await Budget(cluster).Get(10));
    }

    [Fact]
    public async Task Admit_TwoSubmitsAtOnce_DoNotGetTheSameHours()
    {
        await using var cluster = await StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(seed => Budget(cluster).Admit(Request(seed, budget: 5, needed: 2))));
        Assert.Equal(2, answers.Count(answer => answer is null));
        Assert.All(answers.OfType<string>(), refusal => Assert.StartsWith("Tenant default has 1 of its 5 device-hours of November 2026 left (0 spent, 4 reserved)", refusal, StringComparison.Ordinal));
    }

    /// <summary>A tenant that is at its limit is asked again and again: what came before a reading began is answered from it, and what comes later is not.</summary>
    [Fact]
    public async Task Admit_ManyRefusedAtOnce_ShareAReading()
    {
        const int calls = 32;
        await using var cluster = await StartAsync();
        await SubmitAsync(cluster, 1, 2 * Hour);
        var (came, readings, first, go) = (0, 0, new TaskCompletionSource(), new TaskCompletionSource());
        var all = new TaskCompletionSource();
        cluster.BeforeCall = call =>
        {
            if (call.InterfaceMethod.DeclaringType == typeof(IBudgetGrain) && Interlocked.Increment(ref came) == calls) all.SetResult();
        };
        cluster.Catalog.BeforeQuery = async query =>
        {
            if (query is not { Tenant: not null, Pool: null, IsUnordered: true } || Interlocked.Increment(ref readings) != 1) return;
            first.SetResult();
            await go.Task;
        };
        var budget = Budget(cluster);
        var answers = new List<Task<string?>> { budget.Admit(Request(2, budget: 2, needed: 1)) };
        await first.Task.WaitAsync(_limit);
        answers.AddRange(Enumerable.Range(3, calls - 1).Select(seed => budget.Admit(Request(seed, budget: 2, needed: 1))));
        await all.Task.WaitAsync(_limit);
        go.SetResult();
        Assert.All(await Task.WhenAll(answers).WaitAsync(_limit), Assert.NotNull);
        Assert.Equal(2, readings);

        // What has been freed since is seen by the next.
        await cluster.Job(Id(1)).Cancel(null);
        Assert.Null(await budget.Admit(Request(2, budget: 2, needed: 1)));
        Assert.Equal(3, readings);
    }

    [Fact]
    public async Task Admit_WorkThatThenComes_IsCountedOnce()
    {
        await using var cluster = await StartAsync();
        Assert.Null(await Budget(cluster).Admit(Request(1, budget: 5, needed: 2)));
        // Asked again, before it has come: it is the same work.
        Assert.Null(await Budget(cluster).Admit(Request(1, budget: 5, needed: 2)));
        Assert.Equal(2, (await Budget(cluster).Get(5)).Reserved);
        await SubmitAsync(cluster, 1, 2 * Hour);
        Assert.Equal(2, (await Budget(cluster).Get(5)).Reserved);
        await cluster.Job(Id(1)).Cancel(null);
        Assert.Equal(0, (await Budget(cluster).Get(5)).Reserved);
    }

    [Fact]
    public async Task Admit_WorkThatNeverComes_LosesItsHours()
    {
        await using var cluster = await StartAsync();
        Assert.Null(await Budget(cluster).Admit(Request(1, budget: 5, needed: 4)));
        Assert.NotNull(await Budget(cluster).Admit(Request(2, budget: 5, needed: 2)));
        cluster.Time.Advance(new JobsOptions().AdmissionKept);
        Assert.Null(await Budget(cluster).Admit(Request(2, budget: 5, needed: 2)));
    }

    [Fact]
    public async Task Get_AfterARestart_IsWhatItWas()
    {
        await using var cluster = await StartAsync();
        var worker = new FakeWorker(cluster, "w");
        await SubmitAsync(cluster, 1, 2 * Hour);
        var lease = await cluster.UntilAcquiredAsync(worker);
        cluster.Time.Advance(TimeSpan.FromMinutes(30));
        await worker.CompleteAsync(lease);
        await SubmitAsync(cluster, 2, 3 * Hour);
        var before = await Budget(cluster).Get(10);
        foreach (var grain in new IAddressable[] { Budget(cluster), cluster.Job(Id(1)), cluster.Job(Id(2)) }) await cluster.ForgetAsync(grain);
        await cluster.Job(Id(1)).Sweep();
        Assert.Equal(before, await Budget(cluster).Get(10));
        Assert.Equal(new BudgetUse("2026-11", 0.5, 3, 6.5, 0), before);
    }

    [Fact]
    public async Task Get_TurnOfTheMonth_SpendsAnew()
    {
        await using var cluster = await StartAsync();
        // The cluster's clock begins on 25 November.
        cluster.Time.Advance(TimeSpan.FromDays(6) - TimeSpan.FromMinutes(30));
        var worker = new FakeWorker(cluster, "w");
        await SubmitAsync(cluster, 1, Hour);
        var lease = await cluster.UntilAcquiredAsync(worker);
        cluster.Time.Advance(TimeSpan.FromMinutes(15));
        await worker.ReleaseAsync(lease);
        Assert.NotNull(await Budget(cluster).Admit(Request(2, budget: 1.25, needed: 0.25)));
        Assert.Equal(("2026-11", 0.25, 0.0), await SpentAndLeftAsync());

        cluster.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(("2026-12", 0, 0.25), await SpentAndLeftAsync());
        Assert.Null(await Budget(cluster).Admit(Request(2, budget: 1.25, needed: 0.25)));

        async Task<(string, double, double)> SpentAndLeftAsync() => await Budget(cluster).Get(1.25) is var use ? (use.Month, use.Spent, use.Left!.Value) : default;
    }

    [Fact]
    public async Task Get_StudyUnderWay_ReservesItsJobsBeforeTheyAreSubmitted()
    {
        await using var cluster = await StartAsync();
        cluster.Catalog.Have("base");
        var plan = StudyPlans.Of("default", Sample.Study(), new Dictionary<string, string>(), null);
        var estimates = plan.Jobs.Select(j => j.JobId).Distinct().ToDictionary(id => id, _ => Hour);
        var study = cluster.Study(plan.StudyId);
        await study.Submit(new StudySubmission("default", Sample.Study(), [], null) { Estimates = estimates });
        await UntilReservedAsync(cluster, estimates.Count);
        await cluster.ForgetAsync(study);
        await UntilReservedAsync(cluster, estimates.Count);

        var worker = new FakeWorker(cluster, "w");
        var lease = await cluster.UntilAcquiredAsync(worker);
        // A model, which others are trained from: by anything else they would fail.
        await worker.CompleteAsync(lease, StudyFigures.Of(lease.Spec, lease.JobId));
        await UntilReservedAsync(cluster, estimates.Count - 1);
        await study.Cancel();
        await UntilReservedAsync(cluster, 0);
    }

    [Fact]
    public async Task Get_SweepUnderWay_ReservesItsTrialsBeforeTheyBegin()
    {
        await using var cluster = await StartAsync();
        cluster.Catalog.Have("base");
        var plan = new SweepPlanner("default", Sample.Sweep(), new Dictionary<string, string>()).Plan();
        var estimates = plan.Jobs.ToDictionary(j => j.JobId, _ => Hour);
        var sweep = cluster.Grains.GetGrain<ISweepGrain>(plan.SweepId);
        await sweep.Submit(new SweepSubmission("default", Sample.Sweep(), [], null) { Estimates = estimates });
        await UntilReservedAsync(cluster, estimates.Count);
        await sweep.Cancel();
        await UntilReservedAsync(cluster, 0);
    }

    private static Task<PtuneCluster> StartAsync() => PtuneCluster.StartAsync(o => o.LeaseDuration = TimeSpan.FromHours(1));

    private static IBudgetGrain Budget(PtuneCluster cluster) => cluster.Grains.GetGrain<IBudgetGrain>("default");

    private static string Id(int seed) => Sample.Id(Sample.Job(seed: seed));

    private static BudgetRequest Request(int seed, double budget, double needed) => new(Id(seed), budget, needed, 0);

    private static Task<JobView> SubmitAsync(PtuneCluster cluster, int seed, double? seconds) =>
        cluster.Job(Id(seed)).Submit(new JobSubmission(Sample.Job(seed: seed), "ann", "a job") { EstimatedSeconds = seconds });

    /// <summary>A graph submits its jobs in the background.</summary>
    private static async Task UntilReservedAsync(PtuneCluster cluster, double hours)
    {
        using var limit = new CancellationTokenSource(_limit);
        while (await Budget(cluster).Get(100) is var use && Math.Abs(use.Reserved - hours) > 1e-6)
        {
            Assert.False(limit.IsCancellationRequested, $"{use.Reserved} device-hours are reserved, and not {hours}: {string.Join("; ", cluster.Catalog.Jobs.Values.Select(row => $"{row.Name} {row.Status}"))}");
            await Task.Yield();
        }
    }
}
