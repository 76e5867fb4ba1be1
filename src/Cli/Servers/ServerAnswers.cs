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
    public static async Task<Exception> ToExceptionAsync(HttpResponseMessage response, Uri address, CancellationToken cancellation)
    {
        var problem = Parse(await response.Content.ReadAsStringAsync(cancellation));
        if (response.StatusCode == HttpStatusCode.UnprocessableEntity && Problems(problem) is { Length: > 0 } problems) return new SpecRefusedException(problems);
        var said = Text(problem, "detail") ?? Text(problem, "title") ?? $"{(int)response.StatusCode} {response.ReasonPhrase}";
        return response.StatusCode switch
        {
            HttpStatusCode.NotFound => new CliException(ExitCode.NotFound, said, "'ptune list' shows what there is."),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                new CliException(ExitCode.Unreachable, $"{address} lets you not in: {said}", "Give a token with --token or PTUNE_TOKEN."),
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => new CliException(ExitCode.Usage, said),
            _ => new CliException(ExitCode.Unreachable, $"{address} failed: {said}", "Its log says more; 'ptune server' writes it to stderr."),
        };
    }

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
