using System.Net;
using System.Net.Http.Headers;

namespace Ptune.Cli.Servers;

/// <summary>A file's bytes from an offset to its end as the body of a request, read while they are sent.</summary>
internal sealed class FilePart : HttpContent
{
    private const int BufferBytes = 1 << 18;

    private readonly FileStream _file;
    private readonly long _offset;
    private readonly long _total;
    private readonly Action<long> _sent;

    /// <param name="file">The file; it stays open.</param>
    /// <param name="offset">Where the body begins.</param>
    /// <param name="total">The file's length.</param>
    /// <param name="sent">Told how many bytes of the file have been given to the connection.</param>
    public FilePart(FileStream file, long offset, long total, Action<long> sent)
    {
        (_file, _offset, _total, _sent) = (file, offset, total, sent);
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        Headers.ContentRange = offset < total ? new ContentRangeHeaderValue(offset, total - 1, total) : new ContentRangeHeaderValue(total);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _total - _offset;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        _file.Position = _offset;
        for (var at = _offset; at < _total;)
        {
            var read = await _file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, _total - at)), cancellationToken);
            if (read == 0) throw new EndOfStreamException($"'{_file.Name}' became shorter while it was being sent.");
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            at += read;
            _sent(at);
        }
    }
}
