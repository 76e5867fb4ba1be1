using System.Net;
using System.Text.Json.Nodes;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Workers;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

public sealed class JobTests(RunningServer running)
{
    [Fact]
    public async Task Submit_NewJob_IsAcceptedAndListed()
    {
        using var client = running.NewTenant();
        using var response = await client.PostAsync($"{Routes.Jobs}?asker=ada", Specs.NoOp("first", "idle"));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var job = await client.GetAsync<JobView>(response.Headers.Location!.ToString());
        Assert.Equal(JobIds.Of(client.Tenant, new NoOpSpec()), job.JobId);
        Assert.Equal(("first", "NoOp", "idle"), (job.Name, job.Kind, job.Pool));
        Assert.Equal(["ada"], job.Askers);
        Assert.IsType<NoOpSpec>(job.Spec);

        var row = Assert.Single(await client.GetAsync<JobRow[]>($"{Routes.Jobs}?kind=NoOp&pool=idle&status=submitted,queued&name=first"));
        Assert.Equal(job.JobId, row.JobId);
        Assert.Empty(await client.GetAsync<JobRow[]>($"{Routes.Jobs}?status=failed"));
    }

    [Fact]
    public async Task Get_AttemptDied_SaysHowForPrograms()
    {
        using var client = running.NewTenant();
        var pool = $"died-{Guid.NewGuid():n}";
        var job = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", pool));
        await using var worker = await HandWorker.ConnectAsync(running);
        var lease = await worker.AcquireAsync(pool);
        await worker.Grains.GetGrain<IJobGrain>(job.JobId).Fail(
            new AttemptFailure(worker.Id, lease.Epoch, FailureCause.Crash, "it died", Details: new FailureDetails(lease.Epoch, 139, "SIGSEGV", ["one", "two"])));
        var told = JsonNode.Parse(await (await client.GetAsync($"/v1/jobs/{job.JobId}")).Content.ReadAsStringAsync())!;
        Assert.Equal("""{"epoch":1,"exitCode":139,"signal":"SIGSEGV","lastLines":["one","two"]}""", told["failure"]!.ToJsonString());
        Assert.Equal("SIGSEGV", (string?)told["timeline"]!.AsArray()[^1]!["signal"]);
    }

    [Fact]
    public async Task Submit_EqualWork_IsOneJobUnlessFresh()
    {
        using var client = running.NewTenant();
        var first = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle"));
        var equal = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("b", "idle"));
        var other = await client.PostAsync<JobView>($"{Routes.Jobs}?fresh=true", Specs.NoOp("a", "idle"));
        Assert.Equal(first.JobId, equal.JobId);
        Assert.NotEqual(first.JobId, other.JobId);
    }

    [Fact]
    public async Task Submit_Json_IsASpecToo()
    {
        using var client = running.NewTenant();
        using var response = await client.PostAsync(Routes.Jobs, """{"apiVersion":"ptune/v1","kind":"NoOp","name":"json","scheduling":{"pool":"idle"}}""", "application/json");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Fact]
    public async Task Get_BeginningOfAnId_IsTheJob()
    {
        using var client = running.NewTenant();
        var job = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle"));
        Assert.Equal(job.JobId, (await client.GetAsync<JobView>($"/v1/jobs/{JobIds.Abbreviate(job.JobId)}")).JobId);
    }

    [Fact]
    public async Task Get_AmbiguousBeginning_NamesTheCandidates()
    {
        using var client = running.NewTenant();
        // 17 ids have 16 first digits: two of them begin alike.
        var ids = new List<string>();
        for (var seed = 1; seed <= 17; seed++) ids.Add((await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle", seed))).JobId);
        var digit = ids.Select(JobIds.Abbreviate).GroupBy(i => i[0]).First(g => g.Count() > 1);
        var problem = await Problem.ReadAsync(await client.GetAsync($"/v1/jobs/{digit.Key}"), HttpStatusCode.Conflict);
        Assert.Contains(digit.First(), problem["candidates"]!.AsArray().Select(c => (string)c!));
    }

    [Fact]
    public async Task Get_AlmostAnId_NamesTheNearest()
    {
        using var client = running.NewTenant();
        var job = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle"));
        var typed = JobIds.Abbreviate(job.JobId);
        var slip = typed[..6] + (typed[6] == 'f' ? 'e' : 'f') + typed[7..];
        var problem = await Problem.ReadAsync(await client.GetAsync($"/v1/jobs/{slip}"), HttpStatusCode.NotFound);
        Assert.Equal(typed, (string?)problem["nearest"]);
    }

    [Fact]
    public async Task Get_AnotherTenantsJob_IsNotFound()
    {
        using var owner = running.NewTenant();
        using var stranger = running.NewTenant();
        var job = await owner.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle"));
        await Problem.ReadAsync(await stranger.GetAsync($"/v1/jobs/{job.JobId}"), HttpStatusCode.NotFound);
        Assert.Empty(await stranger.GetAsync<JobRow[]>(Routes.Jobs));
    }

    [Fact]
    public async Task Submit_Study_SaysWhereItGoes()
    {
        using var client = running.NewTenant();
        using var folder = new Fixtures.TemporaryFolder("study");
        var problem = Assert.Single(await Problem.SpecErrorsAsync(await client.PostAsync(Routes.Jobs, Specs.Study(new IdxDataset(folder.Location), "idle"))));
        Assert.Equal("kind", problem.Path);
        Assert.Contains(Routes.Studies, problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_QueuedJob_IsCancelled()
    {
        using var client = running.NewTenant();
        var job = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle"));
        Assert.Equal(JobStatus.Cancelled, (await client.PostAsync<JobView>($"/v1/jobs/{job.JobId}/cancel")).Status);
    }

    [Fact]
    public async Task Pools_WithAWorker_CountItsJobs()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        await worker.ReportAsync("counted");
        await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "counted"));
        await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "counted", seed: 2));
        await worker.AcquireAsync("counted");
        var pool = Assert.Single(await client.GetAsync<PoolView[]>(Routes.Pools), p => p.Name == "counted");
        Assert.Equal((1, 1), (pool.Queued, pool.Leased));
        Assert.Contains(await client.GetAsync<WorkerView[]>(Routes.Workers), w => w.WorkerId == worker.Id);
    }

    [Fact]
    public async Task Plan_Job_TellsIdAndStatusAndStartsNothing()
    {
        using var client = running.NewTenant();
        var plan = await client.PostAsync<PlanView>(Routes.Plan, Specs.NoOp("a", "idle"));
        var row = Assert.Single(plan.Jobs);
        Assert.Equal((plan.Id, "NoOp", null), (row.JobId, row.Kind, row.Status));
        Assert.Empty(await client.GetAsync<JobRow[]>(Routes.Jobs));

        var job = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle"));
        Assert.Equal(plan.Id, job.JobId);
        Assert.NotNull(Assert.Single((await client.PostAsync<PlanView>(Routes.Plan, Specs.NoOp("a", "idle"))).Jobs).Status);
    }

    [Fact]
    public async Task Version_IsThisServers() =>
        Assert.Equal(running.Server.Pid, (await running.NewTenant().GetAsync<ServerInfo>(Routes.Version)).ProcessId);
}
