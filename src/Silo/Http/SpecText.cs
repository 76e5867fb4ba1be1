using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Ptune.Contracts.Http;

namespace Ptune.Silo.Http;

/// <summary>A spec's text in a request's body: YAML, or JSON, which is YAML too.</summary>
internal static class SpecText
{
    public const string Json = "application/json";

    /// <summary>Room for the body of a request that does not say how long it is.</summary>
    private const int FirstBytes = 16 * 1024;

    /// <summary>What a spec may be called; application/yaml is RFC 9512's, the others are what people send.</summary>
    private static readonly string[] MediaTypes = [Routes.Yaml, "application/x-yaml", "text/yaml", "text/x-yaml", Json];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The text, or the refusal: 415, 413 or 400.</returns>
    public static async Task<(string? Text, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, int limit)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !MediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
            return (null, Refuse(StatusCodes.Status415UnsupportedMediaType, $"A spec is sent as {Routes.Yaml} or {Json}, not as '{request.ContentType ?? "nothing"}'."));
        if (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return (null, Refuse(StatusCodes.Status415UnsupportedMediaType, $"A spec is sent in UTF-8, not in {type.Charset}."));
        if (request.ContentLength > limit) return (null, TooLarge(limit));

        var bytes = await ReadBodyAsync(request, limit + 1);
        if (bytes.Length > limit) return (null, TooLarge(limit));
        if (bytes.IsEmpty) return (null, ApiProblems.BadRequest("The body is empty; it should be a spec."));
        try
        {
            return (Utf8.GetString(bytes.Span), null);
        }
        catch (DecoderFallbackException e)
        {
            return (null, ApiProblems.BadRequest($"The body is no UTF-8: the byte at {e.Index} begins no character."));
        }
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
        Refuse(StatusCodes.Status413PayloadTooLarge, $"A spec may have {limit} bytes here. The server's PTUNE_Http__MaxSpecBytes raises the limit.");

    private static ProblemHttpResult Refuse(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
