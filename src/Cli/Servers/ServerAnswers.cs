using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Cli.Servers;

/// <summary>What a server's refusals (problem+json) mean for the user.</summary>
internal static class ServerAnswers
{
    private const string ProblemType = "application/problem+json";

    public static async Task<Exception> ToExceptionAsync(HttpResponseMessage response, Uri address, CancellationToken cancellation)
    {
        var problem = Parse(await response.Content.ReadAsStringAsync(cancellation));
        if (response.StatusCode == HttpStatusCode.UnprocessableEntity && Problems(problem) is { Length: > 0 } problems) return new SpecRefusedException(problems);
        var status = $"{(int)response.StatusCode} {response.ReasonPhrase}";
        // Our refusals always say what is refused. Other programs have their own pages for what they do not know, and so have proxies.
        var detail = response.Content.Headers.ContentType?.MediaType == ProblemType ? Text(problem, "detail") : null;
        var server = ServerAddress.Show(address);
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                new AccessRefusedException($"{server}{Proxies.Through(address)} refused access: {detail ?? status}", response.StatusCode == HttpStatusCode.Forbidden),
            >= HttpStatusCode.InternalServerError when detail is not null || Proxies.Of(address) is null =>
                new CliException(ExitCode.Unreachable, $"{server} failed: {detail ?? Text(problem, "title") ?? status}", "See the server's log; 'ptune server' writes it to stderr."),
            _ when detail is null => Foreign(address, status),
            HttpStatusCode.NotFound => new CliException(ExitCode.NotFound, detail, $"'{Listing(detail)}' shows what there is."),
            HttpStatusCode.Conflict => new ConflictException(detail),
            _ => new CliException(ExitCode.Usage, detail),
        };
    }

    /// <summary>What answered is not a server of ours, or one that does not know this request yet.</summary>
    public static CliException Foreign(Uri address, string answer) => new(
        ExitCode.Unreachable,
        $"{ServerAddress.Show(address)}{Proxies.Through(address)} does not answer as a ptune server does: {answer}",
        Proxies.Of(address) is null ? "Check the address; 'ptune version' compares client and server." : Proxies.Fix);

    /// <summary>The command that lists what was asked for.</summary>
    private static string Listing(string detail) =>
        detail.Contains(" tenant ", StringComparison.Ordinal) ? "ptune tenants list"
        : detail.Contains(" worker ", StringComparison.Ordinal) ? "ptune workers"
        : detail.Contains(" key ", StringComparison.Ordinal) ? "ptune keys list"
        : detail.Contains(" artifact ", StringComparison.Ordinal) ? "ptune artifacts"
        : "ptune list";

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SpecProblem[]? Problems(JsonObject? problem) =>
        problem?[Routes.SpecErrors] is JsonArray errors ? errors.Deserialize<SpecProblem[]>(SpecJson.Options) : null;

    private static string? Text(JsonObject? problem, string key) =>
        problem?[key] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
