using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.WebConsole.Actions;
using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Pages;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Endpoints;

/// <summary>What is done to jobs: a page asks, a form does it, and the job's page says what it did.</summary>
internal static class JobActionPages
{
    private const int AtOnce = 32;

    public static void Map(IEndpointRouteBuilder pages)
    {
        var acting = pages.MapGroup("").RequireAuthorization(nameof(Role.Submitter));
        acting.MapPost("/jobs/bulk", Bulk);
        acting.MapGet("/jobs/{id}/{action}", Ask);
        acting.MapPost("/jobs/{id}/{action}", Do);
    }

    private static async Task<IResult> Ask(HttpContext http, string id, string action, PageFrames frames, IItemFinder finder, IGrainFactory grains)
    {
        var frame = frames.Of(http);
        if (JobAction.Find(action) is not { } known || await FindAsync(http, id, frame, finder, grains) is not { } job) return Answers.NotFound(http, frames, "job", id);
        var name = job.Name.Length > 0 ? job.Name : JobIds.Abbreviate(job.JobId);
        return Rendered.Page<Confirm>(
            frame, ("Question", string.Format(null, known.Question, name)), ("Effect", known.Effect), ("Label", known.Label), ("IsDestructive", known.IsDestructive),
            ("Action", $"/jobs/{job.JobId}/{known.Name}"), ("Back", $"/jobs/{job.JobId}"), ("Command", known.Command(job.JobId)));
    }

    private static async Task<IResult> Do(HttpContext http, string id, string action, PageFrames frames, IItemFinder finder, IGrainFactory grains)
    {
        var frame = frames.Of(http);
        if (JobAction.Find(action) is not { } known || await FindAsync(http, id, frame, finder, grains) is not { } job) return Answers.NotFound(http, frames, "job", id);
        await known.DoAsync(grains.GetGrain<IJobGrain>(job.JobId), frame.Visitor.Stamp);
        return Answers.SeeOther($"/jobs/{job.JobId}?{Notices.Done}={known.Name}");
    }

    private static async Task<IResult> Bulk(HttpContext http, PageFrames frames, IItemFinder finder, IGrainFactory grains)
    {
        var frame = frames.Of(http);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var back = LocalPath.Of(form["back"]);
        var ids = form["id"].OfType<string>().Distinct().ToArray();
        if (JobAction.Find(form["action"]) is not { } known || ids.Length == 0) return Answers.SeeOther(back);
        if (form["confirmed"] != "yes") return await AskAsync(frame, known, ids, back, grains);

        var done = 0;
        foreach (var some in ids.Chunk(AtOnce))
        {
            var reached = await Task.WhenAll(some.Select(async id =>
                await finder.JobAsync(frame.Visitor.Tenant, id, CancellationToken.None) is { } jobId && await known.DoAsync(grains.GetGrain<IJobGrain>(jobId), frame.Visitor.Stamp) is not null));
            done += reached.Count(r => r);
        }
        var path = back.Split('?')[0] == "/jobs" ? back : "/jobs";
        return Answers.SeeOther($"{path}{(path.Contains('?') ? "&" : "?")}{Notices.Done}={known.Name}&jobs={done}&left={ids.Length - done}");
    }

    private static async Task<IResult> AskAsync(PageFrame frame, JobAction action, string[] ids, string back, IGrainFactory grains)
    {
        var jobs = await Task.WhenAll(ids.Where(id => JobIds.IsWellFormed(id) && JobIds.Tenant(id) == frame.Visitor.Tenant).Select(id => grains.GetGrain<IJobGrain>(id).Get()));
        var known = jobs.OfType<JobView>().ToArray();
        (string, string)[] fields = [("action", action.Name), ("back", back), .. known.Select(job => ("id", job.JobId))];
        return Rendered.Page<Confirm>(
            frame, ("Question", string.Format(null, action.Question, Words.Count(known.Length, "job"))), ("Effect", action.Effect), ("Label", action.Label), ("IsDestructive", action.IsDestructive),
            ("Action", "/jobs/bulk"), ("Back", back), ("Fields", fields),
            ("Items", known.Select(job => $"{(job.Name.Length > 0 ? job.Name : job.Kind)}, {Words.Lower(job.Status)}, {JobIds.Abbreviate(job.JobId)}").ToArray()),
            ("Command", $"ptune {action.Name} {string.Join(' ', known.Select(job => JobIds.Abbreviate(job.JobId)))}"));
    }

    private static async Task<JobView?> FindAsync(HttpContext http, string id, PageFrame frame, IItemFinder finder, IGrainFactory grains) =>
        await finder.JobAsync(frame.Visitor.Tenant, id, http.RequestAborted) is { } jobId ? await grains.GetGrain<IJobGrain>(jobId).Get() : null;
}
