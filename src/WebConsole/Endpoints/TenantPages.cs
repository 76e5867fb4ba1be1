using Ptune.Contracts.Identity;
using Ptune.WebConsole.Actions;
using Ptune.WebConsole.Figures;
using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Pages;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Endpoints;

/// <summary>Tenants: list, look, make, change.</summary>
internal static class TenantPages
{
    private const int PageLength = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/tenants", (HttpContext http, PageFrames frames, ITenantSource tenants, string? after) => ListAsync(http, frames, tenants, after ?? ""));
        pages.MapGet("/tenants/{name}", Show);
        var admins = pages.MapGroup("").RequireAuthorization(nameof(Role.Admin));
        admins.MapPost("/tenants", Create);
        admins.MapPost("/tenants/{name}", Change);
    }

    private static async Task<IResult> ListAsync(HttpContext http, PageFrames frames, ITenantSource tenants, string after, string? typed = null, string? refusal = null)
    {
        var rows = await tenants.PageAsync(http, after, PageLength + 1);
        return Rendered.Page<Tenants>(
            refusal is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, frames.Of(http), ("Rows", rows[..Math.Min(PageLength, rows.Length)]), ("After", after),
            ("Next", rows.Length > PageLength ? rows[PageLength - 1].Name : null), ("Typed", typed), ("Refusal", refusal));
    }

    private static async Task<IResult> Show(HttpContext http, string name, PageFrames frames, ITenantSource tenants) => await tenants.FindAsync(http, name) is not { } tenant
        ? Answers.NotFound(http, frames, "tenant", name)
        : Rendered.Page<TenantPage>(frames.Of(http, Notices.OfTenant(http.Request.Query, tenant)), ("Tenant", tenant), ("Form", TenantForm.Of(tenant)));

    private static async Task<IResult> Create(HttpContext http, PageFrames frames, ITenantSource tenants)
    {
        var name = (await http.Request.ReadFormAsync(http.RequestAborted))["name"].ToString().Trim();
        var (created, refusal) = await tenants.CreateAsync(http, name);
        return created is null ? await ListAsync(http, frames, tenants, "", name, refusal) : Answers.SeeOther($"/tenants/{created.Name}?{Notices.Done}=create");
    }

    /// <summary>Whatever takes something from the tenant asks first.</summary>
    private static async Task<IResult> Change(HttpContext http, string name, PageFrames frames, ITenantSource tenants)
    {
        if (await tenants.FindAsync(http, name) is not { } tenant) return Answers.NotFound(http, frames, "tenant", name);
        var sent = await http.Request.ReadFormAsync(http.RequestAborted);
        var form = TenantForm.Of(sent);
        var (settings, problem) = form.Read();
        if (form.Seen != TenantForm.SeenOf(tenant)) problem = $"{tenant.By} has changed the tenant since you opened the page. What it has now is shown above; check what you have typed, and save it again.";
        if (problem is null && sent["confirmed"] != "yes" && TenantForm.Takes(tenant.Settings, settings!))
        {
            return Rendered.Page<Confirm>(
                frames.Of(http), ("Question", $"Change {name}?"), ("Effect", "It may do less than before. Jobs that run or wait are not stopped."), ("Items", TenantForm.Changes(tenant.Settings, settings!)), ("Label", "Save"), ("IsDestructive", true),
                ("Action", $"/tenants/{name}"), ("Back", $"/tenants/{name}"), ("Fields", form.Fields), ("Command", TenantForm.Command(name, settings!)));
        }
        problem ??= await tenants.SetAsync(http, name, settings!);
        return problem is null
            ? Answers.SeeOther($"/tenants/{name}?{Notices.Done}=set")
            : Rendered.Page<TenantPage>(StatusCodes.Status400BadRequest, frames.Of(http), ("Tenant", tenant), ("Form", form with { Seen = TenantForm.SeenOf(tenant) }), ("Refusal", problem));
    }
}
