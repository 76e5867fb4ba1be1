using System.Net;
using System.Net.Http.Json;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

/// <summary>A tenant's budget of device-hours, as callers meet it.</summary>
public sealed class BudgetTests(RunningServer running) : IDisposable
{
    private const double Hour = 3600;

    private readonly TemporaryFolder _folder = new("budget");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Submit_MoreThanIsLeft_IsRefusedWithTheFiguresAndThePlanSaysSo()
    {
        using var client = await NewTenantAsync(2.5);
        var pool = client.Tenant;
        // A job of a sort that never ran here reserves nothing.
        await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("first", pool));
        await Eventually.ValueAsync("the account has it", () => UseAsync(client), u => u is { Reserved: 0, Unestimated: 1 });
        await CompleteAsync(pool, Hour);
        var spent = await Eventually.ValueAsync("the attempt is counted", () => UseAsync(client), u => u is { Spent: > 0, Reserved: 0, Unestimated: 0 });

        // Now each is thought to take an hour.
        for (var seed = 2; seed <= 3; seed++) await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("next", pool, seed));
        Assert.Equal(2, (await UseAsync(client)).Reserved, 6);
        var plan = (await client.PostAsync<PlanView>(Routes.Plan, Specs.NoOp("next", pool, 4))).Budget!;
        Assert.Equal((2.5, 1, 0), (plan.Hours, plan.Needed, plan.Unestimated));
        Assert.Equal(0.5 - spent.Spent, plan.Left, 6);
        Assert.Contains("2 reserved), and this needs about 1.", plan.Refusal, StringComparison.Ordinal);
        var refused = await Problem.ReadAsync(await client.PostAsync(Routes.Jobs, Specs.NoOp("next", pool, 4)), HttpStatusCode.Conflict);
        Assert.Equal("Over budget", (string?)refused["title"]);
        Assert.StartsWith($"{plan.Refusal} Cancel work that waits", (string?)refused["detail"], StringComparison.Ordinal);

        // Known work costs nothing: the first is in the store, the second waits already.
        Assert.Equal(JobStatus.Succeeded, (await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("first", pool))).Status);
        Assert.Equal(JobStatus.Queued, (await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("next", pool, 2))).Status);
        Assert.Null((await client.PostAsync<PlanView>(Routes.Plan, Specs.NoOp("next", pool, 2))).Budget!.Refusal);

        // What is cancelled makes room; so does a larger budget.
        var waiting = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("next", pool, 3));
        await client.PostAsync<JobView>($"/v1/jobs/{waiting.JobId}/cancel");
        await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("next", pool, 4));
        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsync(Routes.Jobs, Specs.NoOp("next", pool, 5))).StatusCode);
        await SetAsync(client, null);
        await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("next", pool, 5));
        Assert.Null((await client.PostAsync<PlanView>(Routes.Plan, Specs.NoOp("next", pool, 6))).Budget);
    }

    [Fact]
    public async Task Submit_StudyOrSweepWithNothingLeft_IsRefusedAndNothingIsStarted()
    {
        using var client = await NewTenantAsync(0);
        var data = new IdxDataset(_folder.Location);
        foreach (var (route, spec) in new[] { (Routes.Studies, Specs.Study(data, client.Tenant)), (Routes.Sweeps, Specs.Sweep(data, client.Tenant)) })
        {
            var plan = (await client.PostAsync<PlanView>(Routes.Plan, spec)).Budget!;
            Assert.Equal((0, 0, 0), (plan.Hours, plan.Left, plan.Needed));
            Assert.True(plan.Unestimated > 0);
            var refused = await Problem.ReadAsync(await client.PostAsync(route, spec), HttpStatusCode.Conflict);
            Assert.Contains("has 0 of its 0 device-hours", (string?)refused["detail"], StringComparison.Ordinal);
            Assert.Empty(await client.GetAsync<Contracts.Stores.JobRow[]>(route));
        }
        Assert.Empty(await client.GetAsync<Contracts.Stores.JobRow[]>(Routes.Jobs));
    }

    /// <summary>What has ended or is suspended goes on only where there is room for it; what is suspended has its room already.</summary>
    [Fact]
    public async Task RetryAndResume_OfASpentBudget_AreRefused()
    {
        using var client = await NewTenantAsync(2.5);
        var pool = client.Tenant;
        await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("first", pool));
        await CompleteAsync(pool, Hour);
        await Eventually.ValueAsync("the attempt is counted", () => UseAsync(client), u => u is { Spent: > 0, Reserved: 0 });
        var (held, ended) = (await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("held", pool, 2)), await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("ended", pool, 3)));
        Assert.Equal(JobStatus.Suspended, (await client.PostAsync<JobView>($"/v1/jobs/{held.JobId}/suspend")).Status);
        Assert.Equal(JobStatus.Cancelled, (await client.PostAsync<JobView>($"/v1/jobs/{ended.JobId}/cancel")).Status);

        await SetAsync(client, 1.5);
        // Half an hour is left beside the suspended one, which the retry does not fit into.
        var refused = await Problem.ReadAsync(await client.PostAsync($"/v1/jobs/{ended.JobId}/retry"), HttpStatusCode.Conflict);
        Assert.Contains("1 reserved), and this needs about 1.", (string?)refused["detail"], StringComparison.Ordinal);
        Assert.Equal(JobStatus.Cancelled, (await client.GetAsync<JobView>($"/v1/jobs/{ended.JobId}")).Status);
        Assert.Equal(JobStatus.Queued, (await client.PostAsync<JobView>($"/v1/jobs/{held.JobId}/resume")).Status);
        await client.PostAsync<JobView>($"/v1/jobs/{held.JobId}/suspend");
        await SetAsync(client, 0.5);
        refused = await Problem.ReadAsync(await client.PostAsync($"/v1/jobs/{held.JobId}/resume"), HttpStatusCode.Conflict);
        Assert.Contains("0 reserved for other work), and this needs about 1.", (string?)refused["detail"], StringComparison.Ordinal);
        await SetAsync(client, 3);
        Assert.Equal(JobStatus.Queued, (await client.PostAsync<JobView>($"/v1/jobs/{held.JobId}/resume")).Status);
        Assert.Equal(JobStatus.Queued, (await client.PostAsync<JobView>($"/v1/jobs/{ended.JobId}/retry")).Status);
    }

    /// <summary>The rungs of a sweep with early stopping are reserved from the begin, and a sweep that has ended gives back what it did not take.</summary>
    [Fact]
    public async Task Submit_SweepWithEarlyStopping_ReservesAllRungs()
    {
        using var client = await NewTenantAsync(1000);
        var data = new IdxDataset(_folder.Location);
        await client.PostAsync<JobView>(Routes.Jobs, Specs.Pretraining(data, client.Tenant).Replace("epochs: 1", "epochs: 2", StringComparison.Ordinal));
        await CompleteAsync(client.Tenant, Hour);
        await Eventually.ValueAsync("the attempt is counted", () => UseAsync(client), u => u is { Spent: > 0, Reserved: 0 });

        // Half an hour an epoch: 4 trials of 1 epoch, 2 of 2 and 1 of 4.
        var spec = Specs.EarlyStopping(data, client.Tenant);
        var plan = (await client.PostAsync<PlanView>(Routes.Plan, spec)).Budget!;
        Assert.Equal((4 * 0.5) + (2 * 1) + (1 * 2), plan.Needed, 3);
        var sweep = await client.PostAsync<Contracts.Sweeps.SweepView>(Routes.Sweeps, spec);
        await Eventually.ValueAsync("all rungs are reserved", () => UseAsync(client), u => Math.Abs(u.Reserved - plan.Needed) < 1e-3);
        await client.PostAsync<Contracts.Sweeps.SweepView>($"/v1/sweeps/{sweep.SweepId}/cancel");
        await Eventually.ValueAsync("nothing is reserved", () => UseAsync(client), u => u.Reserved == 0);

        await SetAsync(client, 1.5);
        var refused = await Problem.ReadAsync(await client.PostAsync($"/v1/sweeps/{sweep.SweepId}/retry"), HttpStatusCode.Conflict);
        Assert.Contains($"and this needs about {plan.Needed:0.##}", (string?)refused["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_StudyThatFits_ReservesItsJobsOfKnownSorts()
    {
        using var client = await NewTenantAsync(10);
        var data = new IdxDataset(_folder.Location);
        await client.PostAsync<JobView>(Routes.Jobs, Specs.Pretraining(data, client.Tenant).Replace("epochs: 1", "epochs: 2", StringComparison.Ordinal));
        await CompleteAsync(client.Tenant, Hour);
        await Eventually.ValueAsync("the attempt is counted", () => UseAsync(client), u => u is { Spent: > 0, Reserved: 0 });

        var spec = Specs.Study(data, client.Tenant);
        var plan = await client.PostAsync<PlanView>(Routes.Plan, spec);
        Assert.True(plan.Budget is { Needed: > 0, Unestimated: > 0, Refusal: null });
        var study = await client.PostAsync<Contracts.Studies.StudyView>(Routes.Studies, spec);
        await Eventually.ValueAsync("its jobs are reserved", () => UseAsync(client), u => Math.Abs(u.Reserved - plan.Budget!.Needed) < 1e-6);
        await client.PostAsync<Contracts.Studies.StudyView>($"/v1/studies/{study.StudyId}/cancel");
        await Eventually.ValueAsync("nothing is reserved", () => UseAsync(client), u => u.Reserved == 0);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2e9)]
    public async Task Set_BudgetThatCannotBe_IsRefused(double hours)
    {
        using var client = await NewTenantAsync(1);
        var refused = await Problem.ReadAsync(await SendAsync(client, hours), HttpStatusCode.BadRequest);
        Assert.Contains("budget must be between", (string?)refused["detail"], StringComparison.Ordinal);
        Assert.Equal(1, (await client.GetAsync<TenantView>($"/v1/tenants/{client.Tenant}")).Settings.Budget);
    }

    [Fact]
    public async Task Set_Budget_IsInTheAuditTrailBeforeAndAfter()
    {
        using var client = await NewTenantAsync(1.5);
        await SetAsync(client, 20);
        var rows = await client.GetAsync<AuditRow[]>($"{Routes.Audit}?chain=system&what={AuditActions.TenantSet}");
        var row = Assert.Single(rows, r => r.Target == client.Tenant && r.Outcome == AuditOutcome.Done);
        Assert.Contains("\"budget\":1.5", row.Before, StringComparison.Ordinal);
        Assert.Contains("\"budget\":20", row.After, StringComparison.Ordinal);
    }

    private async Task<TenantClient> NewTenantAsync(double budget)
    {
        var client = running.NewTenant();
        using var answer = await client.Http.PostAsJsonAsync(Routes.Tenants, new TenantRequest(client.Tenant, new TenantSettings(Budget: budget)), SpecJson.Options);
        answer.EnsureSuccessStatusCode();
        return client;
    }

    private static async Task SetAsync(TenantClient client, double? budget)
    {
        using var answer = await SendAsync(client, budget);
        answer.EnsureSuccessStatusCode();
    }

    private static Task<HttpResponseMessage> SendAsync(TenantClient client, double? budget) =>
        client.Http.PutAsJsonAsync($"/v1/tenants/{client.Tenant}", new TenantSettings(Budget: budget), SpecJson.Options);

    private static async Task<BudgetUse> UseAsync(TenantClient client) => (await client.GetAsync<TenantView>($"/v1/tenants/{client.Tenant}")).Use!;

    private async Task CompleteAsync(string pool, double seconds)
    {
        await using var worker = await HandWorker.ConnectAsync(running);
        await worker.CompleteAsync(await worker.AcquireAsync(pool), ArtifactKind.Model, seconds: seconds);
    }
}
