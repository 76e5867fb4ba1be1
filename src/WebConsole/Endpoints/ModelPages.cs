using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.WebConsole.Actions;
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
        var operators = pages.MapGroup("").RequireAuthorization(nameof(Role.Operator));
        foreach (var action in new[] { Notices.Share, Notices.Unshare })
        {
            operators.MapGet($"/artifacts/{{reference}}/{action}", (HttpContext http, string reference, string? with, PageFrames frames, IArtifactSource artifacts) => AskAsync(http, frames, artifacts, reference, action, with?.Trim() ?? ""));
            operators.MapPost($"/artifacts/{{reference}}/{action}", (HttpContext http, string reference, PageFrames frames, ICatalog catalog, IArtifactSource artifacts, LineageReader lineages) => DoAsync(http, frames, catalog, artifacts, lineages, reference, action));
        }
    }

    private static async Task<IResult> List(HttpContext http, PageFrames frames, ICatalog catalog, IArtifactSource artifacts, string? kind, string? after)
    {
        var frame = frames.Of(http);
        var shown = Models.Kinds.Any(k => k.Kind == kind) ? kind! : Models.Kinds[0].Kind;
        if (shown == "artifacts")
        {
            var rows = await catalog.ListUsableAsync(frame.Visitor.Tenant, http.RequestAborted).SkipWhile(r => !string.IsNullOrEmpty(after) && r.Digest != after)
                .Skip(string.IsNullOrEmpty(after) ? 0 : 1).Take(RowPages.Size + 1).ToArrayAsync(http.RequestAborted);
            return Rendered.Page<Models>(frame, ("Kind", shown), ("Artifacts", rows.Take(RowPages.Size).ToArray()), ("Next", rows.Length > RowPages.Size ? rows[RowPages.Size - 1].Digest : null));
        }
        var (named, next) = await NamedAsync(frame.Visitor.Tenant, KindOf(shown), after, catalog, artifacts, http.RequestAborted);
        return Rendered.Page<Models>(frame, ("Kind", shown), ("Named", named), ("Next", next));
    }

    private static async Task<(ModelView[] Named, string? Next)> NamedAsync(string tenant, ArtifactKind kind, string? after, ICatalog catalog, IArtifactSource artifacts, CancellationToken cancellation)
    {
        var page = new List<ModelView>();
        await foreach (var (alias, row) in catalog.ListNamedAsync(tenant, kind, after, cancellation))
        {
            if (page.Count == RowPages.Size) return ([.. page], page[^1].Alias);
            page.Add(await artifacts.NamedAsync(alias, row, cancellation));
        }
        return ([.. page], null);
    }

    private static async Task<IResult> Artifact(HttpContext http, string reference, PageFrames frames, ICatalog catalog, IArtifactSource artifacts, LineageReader lineages)
    {
        var row = await artifacts.FindAsync(frames.Of(http).Visitor.Tenant, reference, http.RequestAborted);
        var notice = row is null ? null : Notices.OfShare(http.Request.Query, row.Digest);
        return row is null ? Answers.NotFound(http, frames, "artifact", reference) : await PageAsync(http, frames.Of(http, notice), catalog, artifacts, lineages, row) ?? Answers.NotFound(http, frames, "artifact", reference);
    }

    /// <summary>Null: its manifest is not there.</summary>
    private static async Task<IResult?> PageAsync(HttpContext http, PageFrame frame, ICatalog catalog, IArtifactSource artifacts, LineageReader lineages, ArtifactRow row, string? refusal = null)
    {
        if (await artifacts.ManifestAsync(row.Digest, http.RequestAborted) is not { } manifest) return null;
        var names = await catalog.ListAliasesAsync(frame.Visitor.Tenant, http.RequestAborted).Where(a => a.Digest == row.Digest).Select(a => a.Alias).ToArrayAsync(http.RequestAborted);
        return Rendered.Page<ArtifactPage>(
            refusal is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, frame, ("Row", row), ("Manifest", manifest), ("Names", names),
            ("Lineage", await lineages.ReadAsync(frame.Visitor.Tenant, row.Digest, manifest, http.RequestAborted)),
            ("SharedWith", row.IsOwn() ? await artifacts.SharedWithAsync(row, http.RequestAborted) : null), ("Refusal", refusal));
    }

    private static async Task<IResult> AskAsync(HttpContext http, PageFrames frames, IArtifactSource artifacts, string reference, string action, string with)
    {
        var frame = frames.Of(http);
        if (!JobIds.IsTenant(with) || await artifacts.FindAsync(frame.Visitor.Tenant, reference, http.RequestAborted) is not { } row || !row.IsOwn()) return Answers.NotFound(http, frames, "artifact", reference);
        var isShare = action == Notices.Share;
        var whom = with == ShareRequest.All ? "all tenants" : $"the tenant {with}";
        return Rendered.Page<Confirm>(
            frame, ("Question", isShare ? $"Share it with {whom}?" : $"Share it with {whom} no longer?"),
            ("Effect", isShare
                ? $"{(with == ShareRequest.All ? "Everybody on this server" : $"Everybody in {whom}")} may then read its files and start from it. What was read meanwhile cannot be taken back."
                : "It is then as if it did not exist for them. What they have submitted before goes on."),
            ("Label", isShare ? "Share" : "Unshare"), ("IsDestructive", !isShare), ("Action", $"/artifacts/{row.Digest}/{action}"), ("Back", $"/artifacts/{row.Digest}"), ("Fields", new[] { ("with", with) }),
            ("Items", new[] { $"{StoreKinds.Of(row.Kind)} {Digest.Abbreviate(row.Digest)}" }), ("Command", $"ptune {action} {row.Digest} --with {with}"));
    }

    private static async Task<IResult> DoAsync(HttpContext http, PageFrames frames, ICatalog catalog, IArtifactSource artifacts, LineageReader lineages, string reference, string action)
    {
        var with = (await http.Request.ReadFormAsync(http.RequestAborted))["with"].ToString();
        if (await artifacts.FindAsync(frames.Of(http).Visitor.Tenant, reference, http.RequestAborted) is not { } row || !row.IsOwn()) return Answers.NotFound(http, frames, "artifact", reference);
        var refusal = action == Notices.Share ? await artifacts.ShareAsync(http, row.Digest, with) : await artifacts.UnshareAsync(http, row.Digest, with);
        if (refusal is null) return Answers.SeeOther($"/artifacts/{row.Digest}?{Notices.Done}={action}");
        return await PageAsync(http, frames.Of(http), catalog, artifacts, lineages, row, refusal) ?? Answers.NotFound(http, frames, "artifact", reference);
    }

    private static ArtifactKind KindOf(string kind) => kind switch
    {
        "rewards" => ArtifactKind.Reward,
        "patches" => ArtifactKind.Patch,
        _ => ArtifactKind.Model,
    };
}
