using Ptune.Contracts.Specs;
using Ptune.Contracts.Sweeps;
using Ptune.WebConsole.Actions;
using Ptune.WebConsole.Figures;
using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Pages;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Endpoints;

/// <summary>Sweeps: the list, and one.</summary>
internal static class SweepPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/sweeps", List);
        pages.MapGet("/sweeps/{id}", Sweep);
    }

    private static async Task<IResult> List(HttpContext http, PageFrames frames, RowPages rows)
    {
        var (filter, frame) = (JobFilter.Of(http.Request.Query), frames.Of(http));
        return Rendered.Page<Graphs>(frame, ("Title", "Sweeps"), ("Path", "/sweeps"), ("Filter", filter), ("Page", await rows.ReadAsync(frame.Visitor.Tenant, KindNames.Sweep, filter, http.RequestAborted)));
    }

    private static async Task<IResult> Sweep(HttpContext http, string id, PageFrames frames, IItemFinder finder, IGrainFactory grains) =>
        await finder.SweepAsync(frames.Of(http).Visitor.Tenant, id, http.RequestAborted) is { } sweepId && await grains.GetGrain<ISweepGrain>(sweepId).Get() is { } sweep
            ? Rendered.Page<SweepPage>(frames.Of(http, Notices.OfGraph(http.Request.Query, "sweep", sweepId, sweep)), ("Sweep", sweep))
            : Answers.NotFound(http, frames, "sweep", id);
}
