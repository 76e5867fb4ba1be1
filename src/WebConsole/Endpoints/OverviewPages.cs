using Ptune.Contracts.Pools;
using Ptune.Contracts.Stores;
using Ptune.WebConsole.Figures;
using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Pages;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Endpoints;

/// <summary>The first page.</summary>
internal static class OverviewPages
{
    /// <summary>Of waiting jobs, how many are asked why.</summary>
    private const int MostWaits = 6;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/", Overview);
        pages.MapGet("/find", Find);
    }

    private static async Task<IResult> Overview(HttpContext http, PageFrames frames, IPoolSource pools, JobFigures figures, IGrainFactory grains)
    {
        var frame = frames.Of(http);
        var views = pools.ViewsAsync(http.RequestAborted);
        var own = await figures.OfAsync(frame.Visitor.Tenant);
        return Rendered.Page<Overview>(
            frame, ("Pools", await views), ("Figures", own), ("At", figures.At), ("Causes", own is null ? [] : await figures.CausesAsync(own)), ("Waits", own is null ? [] : await WaitsAsync(own, grains)));
    }

    private static async Task<List<(JobRow Row, WaitView Wait)>> WaitsAsync(TenantFigures figures, IGrainFactory grains)
    {
        var heads = figures.Heads.OrderBy(pool => pool.Key, StringComparer.Ordinal).SelectMany(pool => pool.Value).Take(MostWaits).ToArray();
        var waits = await Task.WhenAll(heads.Select(row => grains.GetGrain<IPoolGrain>(row.Pool).Explain(row.JobId)));
        return [.. heads.Zip(waits).Where(p => p.Second is not null).Select(p => (p.First, p.Second!))];
    }

    /// <summary>An id, or its beginning, of anything; a model's name; or the name of jobs.</summary>
    private static async Task<IResult> Find(HttpContext http, PageFrames frames, IItemFinder finder, IArtifactSource artifacts, string? q)
    {
        var (typed, tenant) = ((q ?? "").Trim(), frames.Of(http).Visitor.Tenant);
        if (typed.Length is 0 or > 200) return Answers.SeeOther("/jobs");
        if (await finder.JobAsync(tenant, typed, http.RequestAborted) is { } job) return Answers.SeeOther($"/jobs/{job}");
        if (await finder.StudyAsync(tenant, typed, http.RequestAborted) is { } study) return Answers.SeeOther($"/studies/{study}");
        if (await finder.SweepAsync(tenant, typed, http.RequestAborted) is { } sweep) return Answers.SeeOther($"/sweeps/{sweep}");
        if (await artifacts.FindAsync(tenant, typed, http.RequestAborted) is { } artifact) return Answers.SeeOther($"/artifacts/{artifact.Digest}");
        return Answers.SeeOther($"/jobs?name={Uri.EscapeDataString(typed)}");
    }
}
