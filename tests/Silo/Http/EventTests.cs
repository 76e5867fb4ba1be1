using System.Net;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Fixtures;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

public sealed class EventTests(RunningServer running)
{
    [Fact]
    public async Task JobEvents_OfAWholeLife_EndWithTheResult()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        var job = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "watched"));
        await using var events = await EventStream.OpenAsync(client, $"/v1/jobs/{job.JobId}/events");
        Assert.NotNull(await events.NextAsync<JobView>("job"));

        var lease = await worker.AcquireAsync("watched");
        await worker.ProgressAsync(lease, 3, 10);
        var seen = await SeenAsync(events, v => v.Progress?.Step == 3);
        Assert.Equal(JobStatus.Running, seen.Status);

        await worker.CompleteAsync(lease, ArtifactKind.Evaluation);
        var last = await SeenAsync(events, v => v.Status.IsFinal);
        Assert.Equal(JobStatus.Succeeded, last.Status);
        Assert.NotNull(last.Result);
        Assert.Null(await events.NextAsync<JobView>("job"));
    }

    [Fact]
    public async Task JobEvents_OfAFinalJob_AreOneEvent()
    {
        using var client = running.NewTenant();
        var job = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle"));
        await client.PostAsync<JobView>($"/v1/jobs/{job.JobId}/cancel");
        await using var events = await EventStream.OpenAsync(client, $"/v1/jobs/{job.JobId}/events");
        Assert.Equal(JobStatus.Cancelled, (await events.NextAsync<JobView>("job"))!.Status);
        Assert.Null(await events.NextAsync<JobView>("job"));
    }

    [Fact]
    public async Task JobEvents_OfNoJob_AreNotFound()
    {
        using var client = running.NewTenant();
        await Problem.ReadAsync(await client.GetAsync("/v1/jobs/abcdef/events"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task StudyEvents_WhileACellRuns_TellItsProgressAndTheEnd()
    {
        using var client = running.NewTenant();
        using var folder = new TemporaryFolder("study");
        await using var worker = await HandWorker.ConnectAsync(running);
        var study = await client.PostAsync<StudyView>(Routes.Studies, Specs.Study(new IdxDataset(folder.Location), "studied"));
        await using var events = await EventStream.OpenAsync(client, $"/v1/studies/{study.StudyId}/events");
        Assert.Equal(study.StudyId, (await events.NextAsync<StudyView>("study"))!.StudyId);

        var lease = await worker.AcquireAsync("studied");
        await worker.ProgressAsync(lease, 1, 2);
        StudyProgress[]? progress;
        do progress = await events.NextAsync<StudyProgress[]>("progress");
        while (progress is not null && !progress.Any(p => p.JobId == lease.JobId && p.Progress?.Step == 1));
        Assert.NotNull(progress);

        await client.PostAsync<StudyView>($"/v1/studies/{study.StudyId}/cancel");
        await worker.Grains.GetGrain<IJobGrain>(lease.JobId).Release(new AttemptRelease(worker.Id, lease.Epoch, null, "told to cancel"));
        StudyView? view;
        do view = await events.NextAsync<StudyView>("study");
        while (view is { Status.IsFinal: false });
        Assert.Equal(JobStatus.Cancelled, view!.Status);
    }

    private static async Task<JobView> SeenAsync(EventStream events, Func<JobView, bool> wanted)
    {
        while (await events.NextAsync<JobView>("job") is { } view)
            if (wanted(view)) return view;
        throw new InvalidOperationException("The stream ended before.");
    }
}
