using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Ptune.Learning;

namespace Ptune.Executor.Hub;

/// <summary>What a refusing answer means: the status alone does not say, so that the hub sends X-Error-Code besides.</summary>
internal static partial class HubRefusals
{
    private const string Gated = "GatedRepo";
    private const string NoRevision = "RevisionNotFound";
    private const string NoFile = "EntryNotFound";

    /// <param name="what">What was asked for, as the beginning of a sentence.</param>
    /// <returns>A <see cref="HubTroubleException"/> where asking again may help, else a <see cref="DataException"/>.</returns>
    public static Exception Of(HttpResponseMessage response, string what, HubReference reference, HubSettings settings)
    {
        var answer = $"{what}: {Place(response)} answered {(int)response.StatusCode} {HubText.Shown(response.ReasonPhrase ?? "")}.";
        var page = $"{settings.Endpoint.AbsoluteUri.TrimEnd('/')}/{reference.Repository}";
        var code = HubFacts.Header(response, "X-Error-Code");
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when code == Gated => new DataException(
                $"{answer} {reference.Repository} is gated: accept its licence at {page}, and set HF_TOKEN to a token of that account{Where(settings)}{Sent(settings, "the one that was sent has no access")}."),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new DataException(settings.Token is null
                ? $"{answer} The repository does not exist, or it is private or gated: without a token the hub does not say which. Check the name; else set HF_TOKEN{Where(settings)} to a token of an account that may read {page}."
                : $"{answer} The token was sent, and may not read {page}: it is not valid, or its account has no access. Check HF_TOKEN, and accept the licence on that page where there is one."),
            HttpStatusCode.NotFound when code == NoRevision => new DataException($"{answer} {reference.Repository} has no revision '{reference.Asked}'. Name a branch, a tag or a commit of {page}."),
            HttpStatusCode.NotFound when code == NoFile => new DataException($"{answer} The repository has no such file at this commit."),
            HttpStatusCode.NotFound => new DataException($"{answer} There is no repository {reference.Repository}{(reference.Revision is { } revision ? $", or it has no revision '{revision}'" : "")}. Check the name at {page}."),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new HubTroubleException(answer, Pause(response)),
            _ => new DataException($"{answer} Check HF_ENDPOINT and the repository's name."),
        };
    }

    /// <summary>Who answered, without what an address may hold as secrets.</summary>
    public static string Place(HttpResponseMessage response) =>
        response.RequestMessage?.RequestUri?.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) ?? "the hub";

    // The hub names the rest of its window as t in RateLimit; others use Retry-After.
    private static TimeSpan? Pause(HttpResponseMessage response)
    {
        var after = response.Headers.RetryAfter;
        var pause = after?.Delta ?? (after?.Date is { } date && response.Headers.Date is { } now ? date - now : null);
        if (pause is null && HubFacts.Header(response, "RateLimit") is { } limit && Rest().Match(limit) is { Success: true } rest)
            pause = TimeSpan.FromSeconds(int.Parse(rest.Groups[1].Value, CultureInfo.InvariantCulture));
        return pause > TimeSpan.Zero ? pause : null;
    }

    private static string Where(HubSettings settings) => settings.IsOfWorker ? " where workers run" : "";

    private static string Sent(HubSettings settings, string words) => settings.Token is null ? "" : $" ({words})";

    [GeneratedRegex(@";\s*t=(\d{1,6})\b")]
    private static partial Regex Rest();
}
