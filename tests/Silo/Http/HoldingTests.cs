using System.Net;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

/// <summary>Suspend, resume, retry and idempotency keys over HTTP.</summary>
public sealed class HoldingTests(RunningServer running)
{
    [Fact]
    public async Task Commands_OnAQueuedJob_AnswerWithTheStateReached()
    {
        using var client = running.NewTenant();
        var job = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle"));
        Assert.Equal(JobStatus.Suspended, await DoAsync(client, job, "suspend"));
        Assert.Equal(JobStatus.Suspended, await DoAsync(client, job, "suspend"));
        Assert.Equal(JobStatus.Suspended, await DoAsync(client, job, "retry"));
        Assert.Equal(JobStatus.Queued, await DoAsync(client, job, "resume"));
        Assert.Equal(JobStatus.Cancelled, await DoAsync(client, job, "cancel"));
        Assert.Equal(JobStatus.Cancelled, await DoAsync(client, job, "resume"));
        Assert.Equal(JobStatus.Queued, await DoAsync(client, job, "retry"));
    }

    [Fact]
    public async Task Suspend_RunningJob_GoesOnAfterResume()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        var job = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "holding"));
        var lease = await worker.AcquireAsync("holding");
        await worker.ProgressAsync(lease, 1, 2);
        Assert.Equal(JobStatus.Suspending, await DoAsync(client, job, "suspend"));
        Assert.Equal(HeartbeatReply.Suspend, await worker.ProgressAsync(lease, 1, 2));
        var checkpoint = new StoredCheckpoint("blob", "sha256:" + new string('a', 64), 1, 1, lease.Epoch);
        await worker.Grains.GetGrain<IJobGrain>(job.JobId).Release(new AttemptRelease(worker.Id, lease.Epoch, checkpoint, "it was suspended"));
        Assert.Equal(JobStatus.Suspended, (await client.GetAsync<JobView>($"/v1/jobs/{job.JobId}")).Status);
        Assert.Equal(JobStatus.Queued, await DoAsync(client, job, "resume"));
        Assert.Equal(checkpoint, (await worker.AcquireAsync("holding")).Checkpoint);
    }

    [Fact]
    public async Task ResumeAndRetry_JobThatIsBeingCancelled_IsRefusedOrGoesOn()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        var job = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "cancelling"));
        var lease = await worker.AcquireAsync("cancelling");
        await worker.ProgressAsync(lease, 1, 2);
        Assert.Equal(JobStatus.Cancelling, await DoAsync(client, job, "cancel"));
        var refusal = await Problem.ReadAsync(await client.PostAsync($"/v1/jobs/{job.JobId}/resume"), HttpStatusCode.Conflict);
        Assert.Contains("is being cancelled and cannot be resumed", (string?)refusal["detail"], StringComparison.Ordinal);
        Assert.Equal(JobStatus.Running, await DoAsync(client, job, "retry"));
        Assert.Equal(HeartbeatReply.Continue, await worker.ProgressAsync(lease, 2, 2));
        await DoAsync(client, job, "cancel");
    }

    [Theory]
    [InlineData("suspend")]
    [InlineData("resume")]
    [InlineData("retry")]
    public async Task Command_UnknownJob_IsNotFound(string command)
    {
        using var client = running.NewTenant();
        await Problem.ReadAsync(await client.PostAsync($"/v1/jobs/0123/{command}"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Submit_KeyAgain_IsTheSameJobAlsoWhereFresh()
    {
        using var client = running.NewTenant();
        client.Http.DefaultRequestHeaders.Add(Routes.IdempotencyKey, "nightly");
        var first = await client.PostAsync<JobView>($"{Routes.Jobs}?fresh=true", Specs.NoOp("a", "idle"));
        await DoAsync(client, first, "cancel");
        var again = await client.PostAsync<JobView>($"{Routes.Jobs}?fresh=true", Specs.NoOp("a", "idle"));
        Assert.Equal((first.JobId, JobStatus.Cancelled), (again.JobId, again.Status));
    }

    [Fact]
    public async Task Submit_KeyWithAnotherSpec_IsAConflict()
    {
        using var client = running.NewTenant();
        using var other = running.NewTenant();
        client.Http.DefaultRequestHeaders.Add(Routes.IdempotencyKey, "nightly");
        other.Http.DefaultRequestHeaders.Add(Routes.IdempotencyKey, "nightly");
        var first = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle"));
        var problem = await Problem.ReadAsync(await client.PostAsync(Routes.Jobs, Specs.NoOp("a", "idle", seed: 2)), HttpStatusCode.Conflict);
        Assert.Contains(first.JobId, (string)problem["detail"]!, StringComparison.Ordinal);
        await other.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle", seed: 2));
    }

    [Fact]
    public async Task Submit_KeyWithSpaces_IsRefused()
    {
        using var client = running.NewTenant();
        client.Http.DefaultRequestHeaders.TryAddWithoutValidation(Routes.IdempotencyKey, "a b");
        await Problem.ReadAsync(await client.PostAsync(Routes.Jobs, Specs.NoOp("a", "idle")), HttpStatusCode.BadRequest);
    }

    private static async Task<JobStatus> DoAsync(TenantClient client, JobView job, string command) => (await client.PostAsync<JobView>($"/v1/jobs/{job.JobId}/{command}")).Status;
}
