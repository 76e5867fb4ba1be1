namespace Ptune.Storage.Tests.Blobs;

/// <summary>Bytes made while they are read, without a known length, as a download has none; it can fail on the way.</summary>
internal sealed class GeneratedStream(long bytes, long failAt = long.MaxValue) : Stream
{
    public const string Failure = "The source broke off.";

    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_position >= failAt) throw new InvalidOperationException(Failure);
        var read = (int)Math.Min(Math.Min(count, 65_521), bytes - _position);
        for (var i = 0; i < read; i++) buffer[offset + i] = (byte)((_position + i) * 31 >> 3);
        _position += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
