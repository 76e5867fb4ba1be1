using System.Buffers;
using System.Security.Cryptography;
using Ptune.Contracts.Identity;

namespace Ptune.Storage.Artifacts;

/// <summary>Copies and digests in one pass.</summary>
internal static class Hashing
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Copies to <paramref name="target"/>, or only reads when it is null.</summary>
    /// <returns>What was read: digest and length.</returns>
    public static async Task<(string Digest, long Bytes)> CopyAsync(Stream source, Stream? target, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var bytes = 0L;
            while (await source.ReadAsync(buffer, cancellation) is var read and > 0)
            {
                hash.AppendData(buffer, 0, read);
                if (target is not null) await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
                bytes += read;
            }
            return (Digest.Prefix + Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static async Task<(string Digest, long Bytes)> OfFileAsync(string path, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        return await CopyAsync(file, target: null, cancellation);
    }
}
