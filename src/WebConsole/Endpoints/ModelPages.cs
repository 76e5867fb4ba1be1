using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.WebConsole.Figures;
using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Pages;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Endpoints;

/// <summary>Named models, rewards and patches, all artifacts, and one with its lineage.</summary>
internal static class ModelPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/models", List);
        pages.MapGet("/artifacts/{reference}", Artifact);
    }

    private static async Task<IResult> List(HttpContext http, PageFrames frames, ICatalog catalog, IArtifactSource artifacts, string? kind, string? after)
    {
        var frame = frames.Of(http);
        var shown = Models.Kinds.Any(k => k.Kind == kind) ? kind! : Models.Kinds[0].Kind;
        if (shown == "artifacts")
        {
            var rows = await catalog.ListArtifactsAsync(frame.Visitor.Tenant, http.RequestAborted).SkipWhile(r => !string.IsNullOrEmpty(after) && r.Digest != after)
                .Skip(string.IsNullOrEmpty(after) ? 0 : 1).Take(RowPages.Size + 1).ToArrayAsync(http.RequestAborted);
            return Rendered.Page<Models>(frame, ("Kind", shown), ("Artifacts", rows.Take(RowPages.Size).ToArray()), ("Next", rows.Length > RowPages.Size ? rows[RowPages.Size - 1].Digest : null));
        }
        var (named, next) = await NamedAsync(frame.Visitor.Tenant, KindOf(shown), after, catalog, artifacts, http.RequestAborted);
        return Rendered.Page<Models>(frame, ("Kind", shown), ("Named", named), ("Next", next));
    }

    private static async Task<(ModelView[] Named, string? Next)> NamedAsync(string tenant, ArtifactKind kind, string? after, ICatalog catalog, IArtifactSource artifacts, CancellationToken cancellation)
    {
        var page = new List<ModelView>();
        await foreach (var alias in catalog.ListAliasesAsync(tenant, cancellation))
        {
            if (after is not null && string.CompareOrdinal(alias.Alias, after) <= 0) continue;
            if (await catalog.FindUsableAsync(tenant, alias.Digest, cancellation) is not { } row || row.Kind != kind) continue;
            if (page.Count == RowPages.Size) return ([.. page], page[^1].Alias);
            page.Add(await artifacts.NamedAsync(alias, row, cancellation));
        }
        return ([.. page], null);
    }

    private static async Task<IResult> Artifact(HttpContext http, string reference, PageFrames frames, ICatalog catalog, IArtifactSource artifacts, LineageReader lineages)
    {
        var frame = frames.Of(http);
        if (await artifacts.FindAsync(frame.Visitor.Tenant, reference, http.RequestAborted) is not { } row || await artifacts.ManifestAsync(row.Digest, http.RequestAborted) is not { } manifest)
            return Answers.NotFound(http, frames, "artifact", reference);
        var names = await catalog.ListAliasesAsync(frame.Visitor.Tenant, http.RequestAborted).Where(a => a.Digest == row.Digest).Select(a => a.Alias).ToArrayAsync(http.RequestAborted);
        return Rendered.Page<ArtifactPage>(
            frame, ("Row", row), ("Manifest", manifest), ("Names", names), ("Lineage", await lineages.ReadAsync(frame.Visitor.Tenant, row.Digest, manifest, http.RequestAborted)));
    }

    private static ArtifactKind KindOf(string kind) => kind switch
    {
        "rewards" => ArtifactKind.Reward,
        "patches" => ArtifactKind.Patch,
        _ => ArtifactKind.Model,
    };
}
