using Ptune.Contracts.Audit;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Ptune.WebConsole.Actions;
using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Pages;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Endpoints;

/// <summary>Studies and sweeps are cancelled and retried.</summary>
internal static class GraphActionPages
{
    private const string Cancel = "cancel", Retry = "retry";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var acting = pages.MapGroup("").RequireAuthorization(nameof(Role.Submitter));
        acting.MapGet("/studies/{id}/{action}", (HttpContext http, string id, string action, PageFrames frames, IItemFinder finder, IGrainFactory grains) =>
            AskAsync(http, frames, "study", "/studies", id, action, async tenant => await finder.StudyAsync(tenant, id, http.RequestAborted) is { } found ? (found, await grains.GetGrain<IStudyGrain>(found).Get()) : null));
        acting.MapPost("/studies/{id}/{action}", (HttpContext http, string id, string action, PageFrames frames, IItemFinder finder, IGrainFactory grains) =>
            DoAsync(http, frames, "study", "/studies", id, action, tenant => finder.StudyAsync(tenant, id, http.RequestAborted),
                async (found, by) => action == Cancel ? await grains.GetGrain<IStudyGrain>(found).Cancel(by) : await grains.GetGrain<IStudyGrain>(found).Retry(by)));
        acting.MapGet("/sweeps/{id}/{action}", (HttpContext http, string id, string action, PageFrames frames, IItemFinder finder, IGrainFactory grains) =>
            AskAsync(http, frames, "sweep", "/sweeps", id, action, async tenant => await finder.SweepAsync(tenant, id, http.RequestAborted) is { } found ? (found, await grains.GetGrain<ISweepGrain>(found).Get()) : null));
        acting.MapPost("/sweeps/{id}/{action}", (HttpContext http, string id, string action, PageFrames frames, IItemFinder finder, IGrainFactory grains) =>
            DoAsync(http, frames, "sweep", "/sweeps", id, action, tenant => finder.SweepAsync(tenant, id, http.RequestAborted),
                async (found, by) => action == Cancel ? await grains.GetGrain<ISweepGrain>(found).Cancel(by) : await grains.GetGrain<ISweepGrain>(found).Retry(by)));
    }

    private static async Task<IResult> AskAsync(HttpContext http, PageFrames frames, string noun, string path, string id, string action, Func<string, Task<(string Id, IGraphView? View)?>> find)
    {
        var frame = frames.Of(http);
        if (action is not (Cancel or Retry) || await find(frame.Visitor.Tenant) is not { View: { } view } found) return Answers.NotFound(http, frames, noun, id);
        var isCancel = action == Cancel;
        return Rendered.Page<Confirm>(
            frame, ("Question", $"{(isCancel ? "Cancel" : "Retry")} {view.Name}?"),
            ("Effect", isCancel ? "Its jobs, except those that others have submitted too, write a checkpoint and stop." : "What failed or was cancelled is tried again, and what depends on it; what stands is kept."),
            ("Label", isCancel ? "Cancel" : "Retry"), ("IsDestructive", isCancel), ("Action", $"{path}/{found.Id}/{action}"), ("Back", $"{path}/{found.Id}"), ("Command", $"ptune {action} {found.Id}"));
    }

    private static async Task<IResult> DoAsync(HttpContext http, PageFrames frames, string noun, string path, string id, string action, Func<string, Task<string?>> find, Func<string, AuditStamp, Task<IGraphView?>> act)
    {
        var frame = frames.Of(http);
        if (action is not (Cancel or Retry) || await find(frame.Visitor.Tenant) is not { } found || await act(found, frame.Visitor.Stamp) is null) return Answers.NotFound(http, frames, noun, id);
        return Answers.SeeOther($"{path}/{found}?{Notices.Done}={action}");
    }
}
