using System.Security.Cryptography;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Stores;
using Ptune.Storage.Files;

namespace Ptune.Storage.Uploads;

/// <summary>The parts of an upload as one stream, whose end is reached only if the digest of the whole is right.</summary>
internal sealed class PiecesStream(IBlobStore blobs, IReadOnlyList<UploadPiece> pieces, string digest) : ForwardStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Stream? _piece;
    private int _next;
    private bool _isChecked;

    /// <exception cref="UploadDigestException">The whole has another digest.</exception>
    /// <exception cref="FileNotFoundException">A part is not there any more.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (_piece is null && !await OpenNextAsync(cancellationToken)) return Checked();
            var read = await _piece!.ReadAsync(buffer, cancellationToken);
            if (read > 0)
            {
                _hash.AppendData(buffer.Span[..read]);
                return read;
            }
            await _piece.DisposeAsync();
            _piece = null;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _piece?.Dispose();
            _hash.Dispose();
        }
        base.Dispose(disposing);
    }

    private async Task<bool> OpenNextAsync(CancellationToken cancellation)
    {
        if (_next == pieces.Count) return false;
        var name = pieces[_next++].Name;
        _piece = await blobs.OpenAsync(name, cancellation) ?? throw new FileNotFoundException($"The part '{name}' of an upload is not in the store.", name);
        return true;
    }

    private int Checked()
    {
        if (_isChecked) return 0;
        _isChecked = true;
        var found = Digest.Of(_hash);
        return found == digest ? 0 : throw new UploadDigestException(found);
    }
}
