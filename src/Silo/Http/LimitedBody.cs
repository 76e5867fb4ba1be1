namespace Ptune.Silo.Http;

/// <summary>A body whose length nobody has told: reading beyond the limit is refused with 413.</summary>
/// <param name="body">The request's.</param>
/// <param name="limit">The most bytes that it may have.</param>
internal sealed class LimitedBody(Stream body, long limit) : Stream
{
    private readonly long _limit = limit;
    private long _left = limit;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static string Words(long limit) => $"A body may have {limit:N0} bytes here; the server's PTUNE_Http__MaxSpecBytes sets the limit.";

    public static BadHttpRequestException TooLarge(long limit) => new(Words(limit), StatusCodes.Status413PayloadTooLarge);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Counted(await body.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Counted(body.Read(buffer, offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Counted(int read) => (_left -= read) < 0 ? throw TooLarge(_limit) : read;
}
