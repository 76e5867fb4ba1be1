using System.Buffers.Binary;
using System.IO.Compression;

namespace Ptune.Learning.Data;

/// <summary>
/// An array of bytes in the IDX format (Y. LeCun's MNIST page): two zero bytes, the element type (0x08: unsigned byte), the number
/// of dimensions, each dimension as a big-endian 32-bit integer, then the elements, the last dimension fastest. Plain or gzip.
/// </summary>
internal sealed record IdxFile(string Path, int[] Shape, byte[] Elements)
{
    private const byte _unsignedByte = 0x08;
    private const int _firstChunk = 1 << 20;

    /// <summary>Bytes before the first element.</summary>
    public int HeaderBytes => HeaderLength(Shape.Length);

    /// <summary>Parses the content of a file, from its beginning; <paramref name="path"/> names it in errors.</summary>
    /// <exception cref="MalformedFileException">Any field is not as the format says, bytes are missing, or bytes follow.</exception>
    public static IdxFile Parse(string path, Stream content, int dimensions)
    {
        Span<byte> magic = stackalloc byte[2];
        bool isZipped = content.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length && magic is [0x1f, 0x8b];
        content.Position = 0;
        if (!isZipped) return ParsePlain(path, content, dimensions);
        using var unzipped = new GZipStream(content, CompressionMode.Decompress, leaveOpen: true);
        return ParsePlain(path, unzipped, dimensions);
    }

    private static IdxFile ParsePlain(string path, Stream stream, int dimensions)
    {
        long offset = 0;
        try
        {
            byte[] header = ReadUpTo(stream, HeaderLength(dimensions), ref offset);
            int[] shape = ParseHeader(path, header, dimensions);
            long count = 1;
            for (int d = 0; d < dimensions; d++)
            {
                count *= shape[d];
                if (count > Array.MaxLength)
                    throw new MalformedFileException(path, 4 + (4 * d), $"dimensions {string.Join(" x ", shape)} are more than can be read");
            }

            byte[] elements = ReadUpTo(stream, (int)count, ref offset);
            if (elements.Length < count)
                throw new MalformedFileException(path, offset, $"the file ends, but {string.Join(" x ", shape)} elements need {count - elements.Length} more bytes");
            if (stream.ReadByte() >= 0)
                throw new MalformedFileException(path, offset, $"bytes follow the {count} elements that the header announces");
            return new IdxFile(path, shape, elements);
        }
        catch (InvalidDataException error)
        {
            throw new MalformedFileException(path, offset, $"the gzip stream is damaged: {error.Message}", error);
        }
    }

    private static int[] ParseHeader(string path, byte[] header, int dimensions)
    {
        if (header.Length < 4) throw new MalformedFileException(path, header.Length, "the file ends within the IDX header");
        if (header[0] != 0 || header[1] != 0) throw new MalformedFileException(path, 0, "an IDX file starts with two zero bytes");
        if (header[2] != _unsignedByte) throw new MalformedFileException(path, 2, $"element type 0x{header[2]:x2}, not 0x08 (unsigned byte)");
        if (header[3] != dimensions) throw new MalformedFileException(path, 3, $"{header[3]} dimension(s), not {dimensions}");
        if (header.Length < HeaderLength(dimensions)) throw new MalformedFileException(path, header.Length, "the file ends within the IDX header");

        int[] shape = new int[dimensions];
        for (int d = 0; d < dimensions; d++)
        {
            shape[d] = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 + (4 * d)));
            if (shape[d] <= 0) throw new MalformedFileException(path, 4 + (4 * d), $"dimension {d} is {shape[d]}");
        }

        return shape;
    }

    private static int HeaderLength(int dimensions) => 4 + (4 * dimensions);

    // Grows as bytes come: a header that lies about its size must not make us allocate what it claims.
    private static byte[] ReadUpTo(Stream stream, int count, ref long offset)
    {
        byte[] buffer = new byte[Math.Min(count, _firstChunk)];
        int read = 0;
        while (read < count)
        {
            if (read == buffer.Length) Array.Resize(ref buffer, (int)Math.Min(count, 2L * buffer.Length));
            int got = stream.Read(buffer, read, buffer.Length - read);
            if (got == 0) break;
            read += got;
            offset += got;
        }

        if (read < buffer.Length) Array.Resize(ref buffer, read);
        return buffer;
    }
}
