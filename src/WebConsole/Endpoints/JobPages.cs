using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Stores;
using Ptune.WebConsole.Actions;
using Ptune.WebConsole.Figures;
using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Pages;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Endpoints;

/// <summary>The list of jobs, and a job.</summary>
internal static class JobPages
{
    private const int LogCharacters = 20_000;

    private const int MostCheckpoints = 20;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/jobs", List);
        pages.MapGet("/jobs/{id}", Job);
    }

    private static async Task<IResult> List(HttpContext http, PageFrames frames, RowPages rows)
    {
        var filter = JobFilter.Of(http.Request.Query);
        var frame = frames.Of(http, Notices.OfBulk(http.Request.Query));
        return Rendered.Page<Jobs>(frame, ("Filter", filter), ("Page", await rows.ReadAsync(frame.Visitor.Tenant, kind: null, filter, http.RequestAborted)));
    }

    private static async Task<IResult> Job(HttpContext http, string id, PageFrames frames, IItemFinder finder, IGrainFactory grains, ILogSource logs, IBlobStore blobs)
    {
        var tenant = frames.Of(http).Visitor.Tenant;
        if (await finder.JobAsync(tenant, id, http.RequestAborted) is not { } jobId || await grains.GetGrain<IJobGrain>(jobId).Get() is not { } job) return Answers.NotFound(http, frames, "job", id);
        var wait = job.Status == JobStatus.Queued ? grains.GetGrain<IPoolGrain>(job.Pool).Explain(jobId) : Task.FromResult<WaitView?>(null);
        var losses = job.Status.IsHeld ? grains.GetGrain<IJobGrain>(jobId).Losses() : Task.FromResult<LossPoint[]>([]);
        var log = job.Epoch > 0 ? await logs.TailAsync(jobId, job.Epoch, LogCharacters, http.RequestAborted) : "";
        var checkpoints = await blobs.ListAsync(BlobNames.CheckpointsOf(jobId), http.RequestAborted).Take(MostCheckpoints).ToArrayAsync(http.RequestAborted);
        return Rendered.Page<JobPage>(frames.Of(http, Notices.OfJob(http.Request.Query, job)), ("Job", job), ("Wait", await wait), ("Log", log), ("Losses", await losses), ("Checkpoints", checkpoints));
    }
}
