using Microsoft.Net.Http.Headers;

namespace Ptune.Silo.Http;

/// <summary>Which bytes of a whole file a request brings.</summary>
/// <param name="Offset">Where they begin; null: the request brings none, and asks for what is there to be put together, or kept.</param>
/// <param name="Length">Their number.</param>
/// <param name="Total">The length of the file.</param>
internal readonly record struct UploadRange(long? Offset, long Length, long Total)
{
    private const string Form = "Content-Range is written bytes FIRST-LAST/TOTAL, or bytes */TOTAL without a body.";

    /// <returns>The range, or what is wrong with the request.</returns>
    public static (UploadRange Range, string? Problem) Of(HttpRequest request)
    {
        if (request.ContentLength is not { } length) return (default, "Say how many bytes the request brings: Content-Length.");
        var header = request.Headers.ContentRange.ToString();
        if (header.Length == 0) return (new UploadRange(0, length, length), null);
        if (!ContentRangeHeaderValue.TryParse(header, out var range) || !range.Unit.Equals("bytes", StringComparison.Ordinal) || range.Length is not { } total)
            return (default, $"'{header}' names no bytes of a file. {Form}");
        if (!range.HasRange) return length == 0 ? (new UploadRange(null, 0, total), null) : (default, $"'{header}' names no bytes, but the body has {length:N0}. {Form}");
        var (from, to) = (range.From!.Value, range.To!.Value);
        return to - from + 1 == length ? (new UploadRange(from, length, total), null)
            : (default, $"'{header}' is {to - from + 1:N0} bytes, but the body has {length:N0}.");
    }
}
