using System.Net;
using Ptune.Contracts.Jobs;
using Ptune.Fixtures;
using Ptune.WebConsole.Tests.Support;

namespace Ptune.WebConsole.Tests.Pages;

/// <summary>A job's page through its life, and what is done to it there.</summary>
public sealed class JobTests(ConsoleServer server)
{
    [Fact]
    public async Task Job_Queued_SaysWhyItWaits()
    {
        using var visitor = server.NewVisitor();
        var id = await server.SubmitAsync(visitor.Tenant, "waits", visitor.Tenant);
        await Eventually.ValueAsync("the page says why", () => visitor.ReadAsync($"/jobs/{id}"), html => html.Contains("Why it waits", StringComparison.Ordinal) && html.Contains("no worker", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Job_RunningThenFailed_ShowsProgressLogAndAttempt()
    {
        using var visitor = server.NewVisitor();
        var id = await server.SubmitAsync(visitor.Tenant, "runs", visitor.Tenant);
        var worker = await new HandWorker(server, visitor.Tenant).ReportAsync();
        var lease = await worker.AcquireAsync();
        await worker.ProgressAsync(lease, 15, 100, 1.5);
        Assert.DoesNotContain("Training loss so far", await visitor.ReadAsync($"/jobs/{id}"), StringComparison.Ordinal);
        await worker.ProgressAsync(lease, 25, 100, 0.75);
        await worker.LogAsync(lease, 0, "first line\nloss 0.75\n");
        var running = WebUtility.HtmlDecode(await visitor.ReadAsync($"/jobs/{id}"));
        Assert.Contains("25 of 100 steps", running, StringComparison.Ordinal);
        Assert.Contains("Training loss so far", running, StringComparison.Ordinal);
        Assert.Contains("loss 0.75\n", running, StringComparison.Ordinal);
        Assert.Contains($"data-events=\"/live/jobs/{id}\"", running, StringComparison.Ordinal);

        await worker.FailAsync(lease, "no such column 'prompt'");
        var failed = await visitor.ReadAsync($"/jobs/{id}");
        Assert.Contains("no such column &#x27;prompt&#x27;", failed, StringComparison.Ordinal);
        Assert.Contains("wrong spec, data or input", failed, StringComparison.Ordinal);
        Assert.DoesNotContain("data-events", failed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_AskedAndConfirmed_IsDoneAndTold()
    {
        using var visitor = server.NewVisitor();
        var id = await server.SubmitAsync(visitor.Tenant, "unwanted", visitor.Tenant);
        Assert.Contains($"href=\"/jobs/{id}/cancel\"", await visitor.ReadAsync($"/jobs/{id}"), StringComparison.Ordinal);
        Assert.Contains("Cancel unwanted?", await visitor.ReadAsync($"/jobs/{id}/cancel"), StringComparison.Ordinal);
        Assert.False((await server.Grains.GetGrain<IJobGrain>(id).Get())!.Status.IsFinal);

        using var answer = await visitor.SendAsync($"/jobs/{id}/cancel", $"/jobs/{id}/cancel");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(JobStatus.Cancelled, (await server.Grains.GetGrain<IJobGrain>(id).Get())!.Status);
        var told = await visitor.ReadAsync(answer.Headers.Location!.ToString());
        Assert.Contains("Cancel was asked for. The job is cancelled now.", told, StringComparison.Ordinal);
        Assert.Contains($"ptune cancel {id}", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bulk_SelectedJobs_AreAskedForAndOnlyTheyAreCancelled()
    {
        using var visitor = server.NewVisitor();
        var ids = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => server.SubmitAsync(visitor.Tenant, $"b{i}", visitor.Tenant, i)));
        using var asked = await visitor.SendAsync("/jobs", "/jobs/bulk", ("action", "cancel"), ("id", ids[0]), ("id", ids[1]));
        var question = await asked.Content.ReadAsStringAsync();
        Assert.Contains("Cancel 2 jobs?", question, StringComparison.Ordinal);
        Assert.All(ids, id => Assert.False(server.Grains.GetGrain<IJobGrain>(id).Get().Result!.Status.IsFinal));

        using var done = await visitor.Http.PostAsync("/jobs/bulk", new FormUrlEncodedContent(Visitor.Fields(question, "/jobs/bulk")));
        Assert.Contains("Cancel was asked for 2 jobs.", await visitor.ReadAsync(done.Headers.Location!.ToString()), StringComparison.Ordinal);
        Assert.Equal([true, true, false], (await Task.WhenAll(ids.Select(id => server.Grains.GetGrain<IJobGrain>(id).Get()))).Select(job => job!.Status.IsFinal));
    }

    /// <summary>Another tenant's job does not exist, whatever is asked for.</summary>
    [Fact]
    public async Task AnotherTenantsJob_IsNotFoundAndNotTouched()
    {
        using var visitor = server.NewVisitor();
        var theirs = await server.SubmitAsync($"t{Guid.NewGuid():n}", "theirs", visitor.Tenant);
        await visitor.ReadAsync($"/jobs/{theirs}", HttpStatusCode.NotFound);
        await visitor.ReadAsync($"/jobs/{theirs}/cancel", HttpStatusCode.NotFound);
        using var done = await visitor.SendAsync("/jobs?name=none", "/theme");
        await server.SubmitAsync(visitor.Tenant, "mine", visitor.Tenant);
        using var bulk = await visitor.SendAsync("/jobs", "/jobs/bulk", ("action", "cancel"), ("id", theirs), ("confirmed", "yes"));
        Assert.Contains("jobs=0&left=1", bulk.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.False((await server.Grains.GetGrain<IJobGrain>(theirs).Get())!.Status.IsFinal);
    }

    [Fact]
    public async Task Submit_Spec_LeadsToTheJobAndMistakesAreShown()
    {
        using var visitor = server.NewVisitor();
        using var wrong = await visitor.SendAsync("/submit", "/submit", ("spec", "apiVersion: ptune/v1\nkind: NoOp\nsead: 1\n"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("Line 3", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var right = await visitor.SendAsync("/submit", "/submit", ("spec", $"apiVersion: ptune/v1\nkind: NoOp\nname: pasted\nscheduling: {{ pool: {visitor.Tenant} }}\n"));
        Assert.Contains("pasted", await visitor.ReadAsync(right.Headers.Location!.ToString()), StringComparison.Ordinal);
    }
}
