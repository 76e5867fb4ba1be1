using System.Buffers;
using System.Security.Cryptography;
using Ptune.Storage.Files;

namespace Ptune.Storage.Uploads;

/// <summary>
/// The next bytes of a sender, at most a number of them. Where the sender breaks off, the stream ends, so that what has arrived is kept.
/// </summary>
internal sealed class ArrivingPiece : ForwardStream
{
    private const int FirstBytes = 1 << 16;

    private readonly Stream _sender;
    private readonly long _most;
    private readonly CancellationToken _gone;
    private readonly IncrementalHash? _hash;
    private readonly byte[] _first = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _firstLeft;
    private int _firstAt;

    private ArrivingPiece(Stream sender, long most, IncrementalHash? hash, CancellationToken gone) => (_sender, _most, _hash, _gone) = (sender, most, hash, gone);

    /// <summary>Bytes that have arrived.</summary>
    public long Arrived { get; private set; }

    /// <summary>The sender has broken off, or has sent all.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Waits for the first bytes: a part without any need not be stored.</summary>
    /// <param name="sender">Where the bytes come from.</param>
    /// <param name="most">How many are read.</param>
    /// <param name="hash">Gets the bytes as they arrive; null: nobody asks for their digest.</param>
    /// <param name="gone">The sender has gone: nothing more comes.</param>
    public static async Task<ArrivingPiece> StartAsync(Stream sender, long most, IncrementalHash? hash, CancellationToken gone)
    {
        var piece = new ArrivingPiece(sender, most, hash, gone);
        piece._firstLeft = await piece.ReceiveAsync(piece._first.AsMemory(0, FirstBytes));
        return piece;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_firstLeft == 0) return await ReceiveAsync(buffer);
        var read = Math.Min(_firstLeft, buffer.Length);
        _first.AsMemory(_firstAt, read).CopyTo(buffer);
        (_firstAt, _firstLeft) = (_firstAt + read, _firstLeft - read);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) ArrayPool<byte>.Shared.Return(_first);
        base.Dispose(disposing);
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, _most - Arrived);
        if (HasEnded || wanted == 0) return 0;
        var read = 0;
        try
        {
            read = await _sender.ReadAsync(buffer[..wanted], _gone);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The connection broke: the sender asks how far it came, and goes on from there.
        }
        HasEnded = read == 0;
        Arrived += read;
        _hash?.AppendData(buffer.Span[..read]);
        return read;
    }
}
