using System.Runtime.InteropServices;
using System.Security.Cryptography;
using static TorchSharp.torch;

namespace Ptune.Learning.Formats;

/// <summary>
/// A tensor to be written: its elements in row-major order, little-endian, in pieces, since an array of .NET holds no more than 2 GB.
/// </summary>
internal sealed record TensorBytes(string Name, TensorType Type, long[] Shape, IReadOnlyList<byte[]> Pieces)
{
    private const int _longestPiece = 1 << 30;

    /// <summary>In bytes.</summary>
    public long Length => Pieces.Sum(piece => piece.LongLength);

    /// <summary>Copies a tensor's elements to the host's memory.</summary>
    /// <param name="longestPiece">In bytes; a multiple of every element's size.</param>
    public static TensorBytes Of(string name, Tensor tensor, int longestPiece = _longestPiece)
    {
        using var onCpu = tensor.detach().cpu().contiguous();
        var type = tensor.dtype switch
        {
            ScalarType.Float32 => TensorType.F32,
            ScalarType.Float64 => TensorType.F64,
            ScalarType.Int64 => TensorType.I64,
            ScalarType.Byte => TensorType.U8,
            _ => throw new ArgumentException($"No writer for {tensor.dtype}.", nameof(tensor)),
        };
        using var elements = onCpu.view(-1);
        long inPiece = longestPiece / type.Bytes;
        var pieces = new List<byte[]>();
        for (long at = 0; at < elements.NumberOfElements; at += inPiece)
        {
            using var part = elements.narrow(0, at, Math.Min(inPiece, elements.NumberOfElements - at));
            pieces.Add(part.bytes.ToArray());
        }

        return new TensorBytes(name, type, tensor.shape, pieces);
    }

    public static TensorBytes Of(string name, ReadOnlySpan<float> elements, params long[] shape) =>
        new(name, TensorType.F32, shape, [MemoryMarshal.AsBytes(elements).ToArray()]);

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
}
