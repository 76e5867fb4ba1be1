using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Http;

/// <summary>A spec's text in a request's body: YAML, or JSON, which is YAML too.</summary>
internal static class SpecText
{
    public const string Json = "application/json";

    private const string Utf8 = "utf-8";

    /// <summary>Of a body that is sent as it is.</summary>
    private const string Identity = "identity";

    /// <summary>Room for the body of a request that does not say how long it is.</summary>
    private const int FirstBytes = 16 * 1024;

    /// <summary>What a spec may be called; application/yaml is RFC 9512's, the others are what people send.</summary>
    private static readonly string[] MediaTypes = [Routes.Yaml, "application/x-yaml", "text/yaml", "text/x-yaml", Json];

    /// <returns>The text, or the refusal: 415, 413 or 400.</returns>
    public static async Task<(string? Text, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, int limit)
    {
        if (WrongForm(request) is { } wrong) return (null, Refuse(StatusCodes.Status415UnsupportedMediaType, wrong));
        if (request.ContentLength > limit) return (null, TooLarge(limit));

        var bytes = await ReadBodyAsync(request, limit + 1);
        if (bytes.Length > limit) return (null, TooLarge(limit));
        if (bytes.IsEmpty) return (null, ApiProblems.BadRequest("The body is empty; send a spec."));
        var (text, problem) = SpecEncoding.Decode(bytes.Span);
        return (text, text is null ? ApiProblems.BadRequest($"{problem!.Message} (line {problem.Line}, column {problem.Column})") : null);
    }

    /// <summary>Why the body is not looked at; null when it is.</summary>
    private static string? WrongForm(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !MediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
            return $"Send the spec as {Routes.Yaml} or {Json}, not as {Shown.Name(request.ContentType ?? "nothing")}.";
        if (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals(Utf8, StringComparison.OrdinalIgnoreCase))
            return $"Send the spec in {Utf8}, not in {Shown.Name(type.Charset.Value)}.";
        var coding = request.Headers.ContentEncoding.ToString();
        return coding.Length == 0 || coding.Equals(Identity, StringComparison.OrdinalIgnoreCase) ? null
            : $"Send the spec uncompressed, not with Content-Encoding {Shown.Name(coding)}.";
    }

    /// <summary>The body, or its first <paramref name="most"/> bytes. A spec is small and the limit is not: room for the limit would be a large object for each request.</summary>
    private static async Task<Memory<byte>> ReadBodyAsync(HttpRequest request, int most)
    {
        // What the client says may be any number. One byte more than it says shows that the body ends there.
        var bytes = new byte[Math.Min(most, Math.Min(request.ContentLength ?? FirstBytes, most) + 1)];
        for (var read = 0; ;)
        {
            read += await request.Body.ReadAtLeastAsync(bytes.AsMemory(read), bytes.Length - read, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
            if (read < bytes.Length || read == most) return bytes.AsMemory(0, read);
            Array.Resize(ref bytes, (int)Math.Min(most, 2L * read));
        }
    }

    private static ProblemHttpResult TooLarge(int limit) =>
        Refuse(StatusCodes.Status413PayloadTooLarge, $"A spec may have {limit:N0} bytes here; the server's PTUNE_Http__MaxSpecBytes sets the limit.");

    private static ProblemHttpResult Refuse(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
