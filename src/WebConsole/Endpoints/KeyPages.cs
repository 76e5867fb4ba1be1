using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.WebConsole.Actions;
using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Pages;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Endpoints;

/// <summary>API keys: list, make, revoke.</summary>
internal static class KeyPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var operators = pages.MapGroup("").RequireAuthorization(nameof(Role.Operator));
        operators.MapGet("/keys", async (HttpContext http, PageFrames frames, IKeySource keys) =>
            Rendered.Page<Keys>(frames.Of(http, Notices.OfKey(http.Request.Query)), ("Rows", await keys.ListAsync(http))));
        operators.MapPost("/keys", Create);
        operators.MapGet("/keys/{id}/revoke", Ask);
        operators.MapPost("/keys/{id}/revoke", async (HttpContext http, string id, PageFrames frames, IKeySource keys) =>
            await keys.RevokeAsync(http, id) is { } revoked ? Answers.SeeOther($"/keys?{Notices.Done}=revoke&id={revoked.Id}") : Answers.NotFound(http, frames, "key", id));
    }

    /// <summary>The secret is in this answer and nowhere else, so it is no redirect.</summary>
    private static async Task<IResult> Create(HttpContext http, PageFrames frames, IKeySource keys)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (created, refusal) = Enum.TryParse<Role>(form["role"], ignoreCase: true, out var role)
            ? await keys.CreateAsync(http, new ApiKeyRequest(role, role == Role.Admin ? null : Text(form["tenant"]), Text(form["name"]), Text(form["expires"])))
            : (null, "Choose a role.");
        return Rendered.Page<Keys>(
            created is null ? StatusCodes.Status400BadRequest : StatusCodes.Status201Created, frames.Of(http), ("Rows", await keys.ListAsync(http)), ("Made", created), ("Refusal", refusal));
    }

    private static async Task<IResult> Ask(HttpContext http, string id, PageFrames frames, IKeySource keys) => (await keys.ListAsync(http)).FirstOrDefault(k => k.Id == id) is not { } key
        ? Answers.NotFound(http, frames, "key", id)
        : Rendered.Page<Confirm>(
            frames.Of(http), ("Question", $"Revoke {key.Id}?"), ("Effect", $"Whoever uses the key of {key.Name} is refused at once, on all silos. A key cannot be brought back."), ("Label", "Revoke"), ("IsDestructive", true),
            ("Action", $"/keys/{key.Id}/revoke"), ("Back", "/keys"), ("Command", $"ptune keys revoke {key.Id}"));

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
