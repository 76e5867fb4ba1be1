using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Workers;
using Ptune.WebConsole.Actions;
using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Pages;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Endpoints;

/// <summary>Workers: what each device does; drain and undrain.</summary>
internal static class WorkerPages
{
    private const int MostWorkers = 200;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/workers", List);
        var acting = pages.MapGroup("").RequireAuthorization(nameof(Role.Admin));
        acting.MapGet("/workers/{id}/{action}", Ask);
        acting.MapPost("/workers/{id}/{action}", Do);
    }

    private static async Task<IResult> List(HttpContext http, PageFrames frames, IPoolSource pools, IGrainFactory grains)
    {
        var frame = frames.Of(http, Notices.OfWorker(http.Request.Query));
        var workers = (await pools.ViewsAsync(http.RequestAborted)).SelectMany(p => p.Workers).OrderBy(w => w.WorkerId, StringComparer.Ordinal).Take(MostWorkers).ToArray();
        var ids = workers.SelectMany(w => w.Report.Running).Where(id => frame.Visitor.IsAdmin || JobIds.Tenant(id) == frame.Visitor.Tenant).Distinct();
        var jobs = await Task.WhenAll(ids.Select(id => grains.GetGrain<IJobGrain>(id).Get()));
        return Rendered.Page<Workers>(frame, ("Rows", workers), ("Running", jobs.OfType<JobView>().ToDictionary(j => j.JobId)));
    }

    private static async Task<IResult> Ask(HttpContext http, string id, string action, PageFrames frames, IPoolSource pools)
    {
        var frame = frames.Of(http);
        var worker = (await pools.ViewsAsync(http.RequestAborted)).SelectMany(p => p.Workers).FirstOrDefault(w => w.WorkerId == id);
        if (worker is null || Order(action) is not { } order) return Answers.NotFound(http, frames, "worker", id);
        var drains = order == WorkerOrder.Drain;
        return Rendered.Page<Confirm>(
            frame, ("Question", $"{(drains ? "Drain" : "Undrain")} {id}?"), ("IsDestructive", drains), ("Label", drains ? "Drain" : "Undrain"),
            ("Effect", drains ? $"It takes no more jobs, writes checkpoints of the {Words.Count(worker.Report.Running.Length, "job")} that it runs, gives them back to the queue, and leaves." : "It takes work again, where it has not left yet."),
            ("Action", $"/workers/{Uri.EscapeDataString(id)}/{action}"), ("Back", "/workers"), ("Command", $"ptune workers {action} {id}"));
    }

    private static async Task<IResult> Do(HttpContext http, string id, string action, PageFrames frames, IPoolSource pools)
    {
        if (Order(action) is not { } order || await pools.OrderAsync(http, id, order) is null) return Answers.NotFound(http, frames, "worker", id);
        return Answers.SeeOther($"/workers?{Notices.Done}={action}");
    }

    private static WorkerOrder? Order(string action) => action switch
    {
        "drain" => WorkerOrder.Drain,
        "undrain" => WorkerOrder.Work,
        _ => null,
    };
}
