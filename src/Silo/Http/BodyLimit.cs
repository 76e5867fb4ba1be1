using Ptune.Silo.Configuration;

namespace Ptune.Silo.Http;

/// <summary>
/// No request's body is read beyond what the server takes: 413. Kestrel's own limit is higher, since it closes the connection there, and a client that is still sending would get a broken pipe
/// instead of the answer. Endpoints that say themselves what a body may have are left to it: specs and uploads.
/// </summary>
internal sealed class BodyLimit(RequestDelegate next, HttpOptions options)
{
    /// <summary>A form is longer than the spec in it, of which each character may be written as three.</summary>
    private const int FormFactor = 4;

    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if (request.ContentLength == 0 || http.GetEndpoint()?.Metadata is not { } metadata || metadata.GetMetadata<SpecBody>() is not null || metadata.GetMetadata<OwnBodyLimit>() is not null) return next(http);
        var limit = request.HasFormContentType ? (long)FormFactor * options.MaxSpecBytes : options.MaxSpecBytes;
        if (request.ContentLength > limit) throw LimitedBody.TooLarge(limit);
        if (request.ContentLength is null) request.Body = new LimitedBody(request.Body, limit);
        return next(http);
    }
}
