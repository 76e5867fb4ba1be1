using System.Net;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

public sealed class LogTests(RunningServer running)
{
    [Fact]
    public async Task Logs_OfAnAttempt_AreItsPieces()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        var lease = await StartAsync(client, worker, "logged");
        await worker.Logs.AppendAsync(lease.JobId, lease.Epoch, 0, "one\n");
        await worker.Logs.AppendAsync(lease.JobId, lease.Epoch, 1, "two\n");
        Assert.Equal("one\ntwo\n", await client.Http.GetStringAsync($"/v1/jobs/{lease.JobId}/logs"));
        Assert.Equal("one\ntwo\n", await client.Http.GetStringAsync($"/v1/jobs/{lease.JobId}/logs?attempt=1"));
        await Problem.ReadAsync(await client.GetAsync($"/v1/jobs/{lease.JobId}/logs?attempt=2"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Logs_Followed_ComeAsTheyAreWrittenAndEndWithTheJob()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        var lease = await StartAsync(client, worker, "followed");
        using var response = await client.Http.GetAsync($"/v1/jobs/{lease.JobId}/logs?follow=true", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        await worker.Logs.AppendAsync(lease.JobId, lease.Epoch, 0, "one\n");
        Assert.Equal("one", await lines.ReadLineAsync());
        await worker.Logs.AppendAsync(lease.JobId, lease.Epoch, 1, "two\n");
        await worker.CompleteAsync(lease, ArtifactKind.Evaluation);
        Assert.Equal("two", await lines.ReadLineAsync());
        Assert.Null(await lines.ReadLineAsync());
    }

    [Fact]
    public async Task Logs_Followed_GoOnWithTheNextAttempt()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        var first = await StartAsync(client, worker, "retried");
        using var response = await client.Http.GetAsync($"/v1/jobs/{first.JobId}/logs?follow=true", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        await worker.Logs.AppendAsync(first.JobId, first.Epoch, 0, "first\n");
        await worker.Grains.GetGrain<IJobGrain>(first.JobId).Release(new AttemptRelease(worker.Id, first.Epoch, null, "leaves"));
        var second = await worker.AcquireAsync("retried");
        await worker.Logs.AppendAsync(second.JobId, second.Epoch, 0, "second\n");
        await worker.CompleteAsync(second, ArtifactKind.Evaluation);
        Assert.Equal("first\nsecond\n", await lines.ReadToEndAsync());
    }

    [Fact]
    public async Task Logs_OfOneAttemptFollowed_EndWithItAndAreTheSameLongAfter()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        var lease = await StartAsync(client, worker, "given-back");
        using var response = await client.Http.GetAsync($"/v1/jobs/{lease.JobId}/logs?attempt=1&follow=true", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        await worker.Logs.AppendAsync(lease.JobId, lease.Epoch, 0, "one\n");
        Assert.Equal("one", await lines.ReadLineAsync());
        await worker.Grains.GetGrain<IJobGrain>(lease.JobId).Release(new AttemptRelease(worker.Id, lease.Epoch, null, "leaves"));
        Assert.Null(await lines.ReadLineAsync());

        var second = await worker.AcquireAsync("given-back");
        await worker.Logs.AppendAsync(second.JobId, second.Epoch, 0, "two\n");
        await worker.CompleteAsync(second, ArtifactKind.Evaluation);
        foreach (var query in new[] { "attempt=1", "attempt=1&follow=true" })
            Assert.Equal("one\n", await client.Http.GetStringAsync($"/v1/jobs/{lease.JobId}/logs?{query}"));
    }

    private static async Task<Lease> StartAsync(TenantClient client, HandWorker worker, string pool)
    {
        await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", pool));
        return await worker.AcquireAsync(pool);
    }
}
