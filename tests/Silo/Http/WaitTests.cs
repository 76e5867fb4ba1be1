using System.Net;
using System.Text.Json.Nodes;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Workers;
using Ptune.Fixtures;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

/// <summary>Why jobs wait, and what operators and quotas do to it.</summary>
public sealed class WaitTests(RunningServer running)
{
    [Fact]
    public async Task Wait_NoWorker_SaysPositionAndRule()
    {
        using var client = running.NewTenant();
        await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "lonely"));
        var second = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("b", "lonely", seed: 2));
        var wait = await WaitAsync(client, second.JobId, w => w.Position == 2);
        Assert.Equal((WaitRule.NoWorker, 2, 0, null), (wait.Rule, wait.Queued, wait.FittingWorkers, wait.EstimatedStart));
        Assert.Contains("pool lonely", wait.Why, StringComparison.Ordinal);
        Assert.Equal([second.JobId], (await client.GetAsync<WaitView[]>($"{Routes.Waits}?pool=lonely&limit=1")).Select(w => w.JobId));
        using var stranger = running.NewTenant();
        Assert.Empty(await stranger.GetAsync<WaitView[]>(Routes.Waits));
    }

    [Fact]
    public async Task Wait_JobThatIsNotQueued_IsAConflictThatSaysSo()
    {
        using var client = running.NewTenant();
        var job = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle"));
        await client.PostAsync<JobView>($"/v1/jobs/{job.JobId}/cancel");
        var problem = await Problem.ReadAsync(await client.GetAsync($"/v1/jobs/{job.JobId}/wait"), HttpStatusCode.Conflict);
        Assert.Contains("is cancelled", (string?)problem["detail"], StringComparison.Ordinal);
        await Problem.ReadAsync(await client.GetAsync("/v1/jobs/ffffffff/wait"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Drain_TheOnlyWorker_IsWhatItsJobsWaitFor()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        await worker.ReportAsync("drained");
        Assert.Equal(WorkerOrder.Drain, (await client.PostAsync<WorkerView>($"/v1/workers/{worker.Id}/drain")).Order);
        var job = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "drained"));
        await WaitAsync(client, job.JobId, w => w.Rule == WaitRule.Drained);
        Assert.Contains(await client.GetAsync<WorkerView[]>(Routes.Workers), w => w.WorkerId == worker.Id && w.Order == WorkerOrder.Drain);

        Assert.Equal(WorkerOrder.Work, (await client.PostAsync<WorkerView>($"/v1/workers/{worker.Id}/undrain")).Order);
        await WaitAsync(client, job.JobId, w => w.Rule == WaitRule.Next);
        Assert.Equal(job.JobId, (await worker.AcquireAsync("drained")).JobId);
    }

    [Fact]
    public async Task Drain_UnknownWorker_NamesTheNearest()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        await worker.ReportAsync("known");
        var problem = await Problem.ReadAsync(await client.PostAsync($"/v1/workers/{worker.Id}x/drain"), HttpStatusCode.NotFound);
        Assert.Equal(worker.Id, (string?)problem["nearest"]);
    }

    [Fact]
    public async Task Submit_QueueQuotaUsedUp_IsRefusedAndKnownWorkIsJoined()
    {
        using var client = running.As(RunningServer.LimitedTenant);
        for (var seed = 1; seed <= 2; seed++) await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "limited", seed));
        var problem = await Problem.ReadAsync(await client.PostAsync(Routes.Jobs, Specs.NoOp("a", "limited", 3)), HttpStatusCode.TooManyRequests);
        Assert.StartsWith($"Tenant {RunningServer.LimitedTenant} has 2 of at most 2 jobs waiting in pool limited.", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Equal(JobStatus.Queued, (await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "limited", 2))).Status);

        var first = (await client.GetAsync<WaitView[]>($"{Routes.Waits}?pool=limited"))[^1];
        await client.PostAsync<JobView>($"/v1/jobs/{first.JobId}/cancel");
        await Eventually.IsTrueAsync("the place is free", async () => (await client.PostAsync(Routes.Jobs, Specs.NoOp("a", "limited", 3))).StatusCode == HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData(Routes.Studies)]
    [InlineData(Routes.Sweeps)]
    public async Task Submit_StudyOrSweepWhileTheQueueIsFull_IsRefusedAndElseKeepsItsJobs(string route)
    {
        using var client = running.As(RunningServer.LimitedTenant);
        using var folder = new TemporaryFolder("quota");
        var pool = $"full-{Guid.NewGuid():n}";
        var data = new IdxDataset(folder.Location);
        var text = route == Routes.Studies ? Specs.Study(data, pool, "{ architecture: { kind: mlp, hidden: 8 }, pretraining: { recipe: { epochs: 1 } } }") : Specs.Sweep(data, pool);
        var jobs = new List<JobView>();
        for (var i = 0; i < 2; i++) jobs.Add(await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp(pool, pool, Random.Shared.Next())));
        var problem = await Problem.ReadAsync(await client.PostAsync(route, text), HttpStatusCode.TooManyRequests);
        Assert.StartsWith($"Tenant {RunningServer.LimitedTenant} has 2 of at most 2 jobs waiting in pool {pool}. Submit again", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Empty(await client.GetAsync<JobRow[]>($"{route}?name={(route == Routes.Studies ? "small" : "searched")}&status=running"));

        await client.PostAsync<JobView>($"/v1/jobs/{jobs[0].JobId}/cancel");
        await Eventually.IsTrueAsync("there is room for one", async () => (await client.PostAsync(route, text)).StatusCode == HttpStatusCode.Accepted);
        var id = Assert.Single(await client.GetAsync<JobRow[]>($"{route}?status=running")).JobId;
        await Eventually.IsTrueAsync("it says what it waits for", async () =>
            (string?)JsonNode.Parse(await (await client.GetAsync($"{route}/{id}")).Content.ReadAsStringAsync())!["message"] is { } message
            && message.Contains("for room in the queue", StringComparison.Ordinal));
        await (await client.PostAsync($"{route}/{id}/cancel")).Content.ReadAsStringAsync();
    }

    private static Task<WaitView> WaitAsync(TenantClient client, string jobId, Func<WaitView, bool> wanted) => Eventually.ValueAsync(
        "the wait is told",
        async () =>
        {
            using var answer = await client.GetAsync($"/v1/jobs/{jobId}/wait");
            return answer.IsSuccessStatusCode ? await client.GetAsync<WaitView>($"/v1/jobs/{jobId}/wait") : null;
        },
        wait => wait is not null && wanted(wait))!;
}
