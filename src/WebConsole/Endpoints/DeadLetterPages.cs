using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Identity;
using Ptune.WebConsole.Actions;
using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Pages;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Endpoints;

/// <summary>Messages that could not be handled, for admins.</summary>
internal static class DeadLetterPages
{
    private const int Most = 100;

    public static void Map(IEndpointRouteBuilder pages)
    {
        var admins = pages.MapGroup("").RequireAuthorization(nameof(Role.Admin));
        admins.MapGet("/dead-letters", List);
        admins.MapGet("/dead-letters/replay", Ask);
        admins.MapPost("/dead-letters/replay", Replay);
    }

    private static async Task<IResult> List(HttpContext http, PageFrames frames, IDeadLetterSource source)
    {
        var frame = frames.Of(http, Notices.OfReplay(http.Request.Query));
        var (letters, away) = await source.ListAsync(http.RequestAborted);
        return Rendered.Page<DeadLetters>(frame, ("Letters", letters.Take(Most).ToArray()), ("More", Math.Max(0, letters.Count - Most)), ("Away", away));
    }

    private static RazorComponentResult<Confirm> Ask(HttpContext http, PageFrames frames)
    {
        var frame = frames.Of(http);
        return Rendered.Page<Confirm>(
            frame, ("Question", "Replay all dead letters?"), ("Effect", "They are put back into their pools' queues. One that still cannot be read becomes a dead letter again."), ("Label", "Replay"),
            ("Action", "/dead-letters/replay"), ("Back", "/dead-letters"), ("Command", "ptune dead-letters replay"));
    }

    private static async Task<IResult> Replay(HttpContext http, PageFrames frames, IDeadLetterSource source)
    {
        var (replayed, away) = await source.ReplayAsync(http);
        return away is null ? Answers.SeeOther($"/dead-letters?{Notices.Done}=replay&letters={replayed}")
            : Rendered.Page<DeadLetters>(StatusCodes.Status503ServiceUnavailable, frames.Of(http), ("Letters", Array.Empty<Contracts.Messages.DeadLetter>()), ("Away", away));
    }
}
