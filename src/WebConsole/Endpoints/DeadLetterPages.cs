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
        pages.MapGet("/dead-letters", List);
        pages.MapGet("/dead-letters/replay", Ask);
        pages.MapPost("/dead-letters/replay", Replay);
    }

    private static async Task<IResult> List(HttpContext http, PageFrames frames, IDeadLetterSource source)
    {
        var frame = frames.Of(http, Notices.OfReplay(http.Request.Query));
        if (!frame.Visitor.IsAdmin) return Answers.Forbidden(http, frames, "admin");
        var (letters, away) = await source.ListAsync(http.RequestAborted);
        return Rendered.Page<DeadLetters>(frame, ("Letters", letters.Take(Most).ToArray()), ("More", Math.Max(0, letters.Count - Most)), ("Away", away));
    }

    private static IResult Ask(HttpContext http, PageFrames frames)
    {
        var frame = frames.Of(http);
        return !frame.Visitor.IsAdmin ? Answers.Forbidden(http, frames, "admin") : Rendered.Page<Confirm>(
            frame, ("Question", "Replay all dead letters?"), ("Effect", "They are put back into their pools' queues. One that still cannot be read becomes a dead letter again."), ("Label", "Replay"),
            ("Action", "/dead-letters/replay"), ("Back", "/dead-letters"), ("Command", "ptune dead-letters replay"));
    }

    private static async Task<IResult> Replay(HttpContext http, PageFrames frames, IDeadLetterSource source)
    {
        if (!frames.Of(http).Visitor.IsAdmin) return Answers.Forbidden(http, frames, "admin");
        var (replayed, away) = await source.ReplayAsync(http.RequestAborted);
        return away is null ? Answers.SeeOther($"/dead-letters?{Notices.Done}=replay&letters={replayed}")
            : Rendered.Page<DeadLetters>(StatusCodes.Status503ServiceUnavailable, frames.Of(http), ("Letters", Array.Empty<Contracts.Messages.DeadLetter>()), ("Away", away));
    }
}
