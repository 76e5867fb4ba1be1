using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.WebConsole.Actions;
using Ptune.WebConsole.Figures;
using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Pages;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Endpoints;

/// <summary>Studies: the list, one, and two beside each other.</summary>
internal static class StudyPages
{
    /// <summary>Of a running study's evaluations, how many are asked for their figures.</summary>
    private const int MostEvaluations = 400;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/studies", List);
        pages.MapGet("/studies/compare", Compare);
        pages.MapGet("/studies/{id}", Study);
    }

    private static async Task<IResult> List(HttpContext http, PageFrames frames, RowPages rows)
    {
        var (filter, frame) = (JobFilter.Of(http.Request.Query), frames.Of(http));
        return Rendered.Page<Graphs>(frame, ("Title", "Studies"), ("Path", "/studies"), ("Filter", filter), ("Page", await rows.ReadAsync(frame.Visitor.Tenant, KindNames.Study, filter, http.RequestAborted)));
    }

    private static async Task<IResult> Study(HttpContext http, string id, PageFrames frames, IItemFinder finder, IGrainFactory grains)
    {
        if (await FindAsync(http, id, frames, finder, grains) is not { } study) return Answers.NotFound(http, frames, "study", id);
        return Rendered.Page<StudyPage>(frames.Of(http, Notices.OfGraph(http.Request.Query, "study", study.StudyId, study)), ("Study", study), ("Matrix", await MatrixAsync(study, grains)));
    }

    private static async Task<StudyMatrix> MatrixAsync(StudyView study, IGrainFactory grains)
    {
        var cells = StudyMatrix.Sources(study);
        if (cells.Length is 0 or > MostEvaluations) return StudyMatrix.None;
        var results = await Task.WhenAll(cells.Select(async cell => cell.Status == JobStatus.Succeeded ? (await grains.GetGrain<IJobGrain>(cell.JobId).Get())?.Result : null));
        return StudyMatrix.Of(study, [.. cells.Zip(results)]);
    }

    private static async Task<IResult> Compare(HttpContext http, PageFrames frames, IItemFinder finder, IGrainFactory grains, string? a, string? b)
    {
        if (string.IsNullOrEmpty(a) || string.IsNullOrEmpty(b) || a == b) return Answers.SeeOther("/studies");
        if (await FindAsync(http, a, frames, finder, grains) is not { } first) return Answers.NotFound(http, frames, "study", a);
        if (await FindAsync(http, b, frames, finder, grains) is not { } second) return Answers.NotFound(http, frames, "study", b);
        return Rendered.Page<ComparePage>(frames.Of(http), ("A", first), ("B", second));
    }

    private static async Task<StudyView?> FindAsync(HttpContext http, string id, PageFrames frames, IItemFinder finder, IGrainFactory grains) =>
        await finder.StudyAsync(frames.Of(http).Visitor.Tenant, id, http.RequestAborted) is { } studyId ? await grains.GetGrain<IStudyGrain>(studyId).Get() : null;
}
