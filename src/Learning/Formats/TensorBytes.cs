using System.Runtime.InteropServices;
using System.Security.Cryptography;
using static TorchSharp.torch;

namespace Ptune.Learning.Formats;

/// <summary>
/// A tensor to be written: its elements in row-major order, little-endian, in pieces, since an array of .NET holds no more than 2 GB. Pieces are
/// either in memory or made when they are asked for, so that a large model passes through memory piece by piece.
/// </summary>
internal sealed record TensorBytes(string Name, TensorType Type, long[] Shape, IEnumerable<byte[]> Pieces)
{
    private const int _longestPiece = 1 << 30;
    private const int _passingPiece = 1 << 24;

    /// <summary>In bytes.</summary>
    public long Length => Shape.Aggregate((long)Type.Bytes, (product, dimension) => checked(product * dimension));

    /// <summary>Copies a tensor's elements to the host's memory.</summary>
    /// <param name="longestPiece">In bytes; a multiple of every element's size.</param>
    /// <exception cref="ArgumentException">The format has no such type.</exception>
    public static TensorBytes Of(string name, Tensor tensor, int longestPiece = _longestPiece) =>
        new(name, TensorType.Of(tensor.dtype), tensor.shape, [.. Cut(() => tensor.alias(), longestPiece)]);

    public static TensorBytes Of(string name, ReadOnlySpan<float> elements, params long[] shape) =>
        new(name, TensorType.F32, shape, [MemoryMarshal.AsBytes(elements).ToArray()]);

    /// <summary>A tensor that is made when it is written, and goes when it is.</summary>
    public static TensorBytes WhenWritten(string name, TensorType type, long[] shape, Func<Tensor> make) => new(name, type, shape, Cut(make, _passingPiece));

    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (byte[] piece in Pieces) hash.AppendData(piece);
        return Contracts.Identity.Digest.Of(hash);
    }

    public void WriteTo(Stream stream)
    {
        foreach (byte[] piece in Pieces) stream.Write(piece);
    }

    private static IEnumerable<byte[]> Cut(Func<Tensor> make, int longestPiece)
    {
        using var tensor = make();
        using var detached = tensor.detach();
        using var onCpu = detached.cpu();
        using var contiguous = onCpu.contiguous();
        using var elements = contiguous.view(-1);
        long inPiece = longestPiece / TensorType.Of(tensor.dtype).Bytes;
        for (long at = 0; at < elements.NumberOfElements; at += inPiece)
        {
            using var part = elements.narrow(0, at, Math.Min(inPiece, elements.NumberOfElements - at));
            yield return part.bytes.ToArray();
        }
    }
}
