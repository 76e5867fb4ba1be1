using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Ptune.Storage.Files;

namespace Ptune.Silo.Admission;

/// <summary>
/// What the server must know of an IDX file before a worker reads it: its digest, its shape and, of a file of labels, the greatest label.
/// The format: two zero bytes, the type (0x08: unsigned bytes), the number of dimensions, each size as 4 bytes big-endian, the values.
/// </summary>
internal sealed record IdxFile(string Sha256, int[] Sizes, int? GreatestLabel, long? GreatestAt)
{
    private const byte UnsignedByte = 0x08;

    /// <summary>Reads a file, plain or gzip-compressed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimensions">3 for images, 1 for labels, whose values are then read too.</param>
    /// <exception cref="InvalidDataException">It is no such file; the message names the offset (of the uncompressed bytes).</exception>
    /// <exception cref="NotARegularFileException">It is a folder, a pipe or a device.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<IdxFile> ReadAsync(string path, int dimensions, CancellationToken cancellation)
    {
        await using var file = RegularFile.Open(path);
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
        file.Position = 0;
        await using var content = await PlainAsync(file, cancellation);
        var sizes = await HeaderAsync(content, dimensions, cancellation);
        if (dimensions > 1) return new IdxFile(sha256, sizes, null, null);
        var (greatest, at) = await LabelsAsync(content, sizes[0], cancellation);
        return new IdxFile(sha256, sizes, greatest, at);
    }

    /// <summary>What the header alone says: the size of each dimension.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public static async Task<int[]> SizesAsync(string path, int dimensions, CancellationToken cancellation)
    {
        await using var file = RegularFile.Open(path);
        await using var content = await PlainAsync(file, cancellation);
        return await HeaderAsync(content, dimensions, cancellation);
    }

    private static async Task<Stream> PlainAsync(RegularFile file, CancellationToken cancellation)
    {
        var magic = new byte[2];
        var read = await file.ReadAtLeastAsync(magic, 2, throwOnEndOfStream: false, cancellation);
        file.Position = 0;
        return read == 2 && magic is [0x1f, 0x8b] ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static async Task<int[]> HeaderAsync(Stream content, int dimensions, CancellationToken cancellation)
    {
        var header = new byte[4 + (4 * dimensions)];
        var read = await content.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellation);
        if (read < 4) throw new InvalidDataException($"it ends at offset {read}, within the header");
        if (header[0] != 0 || header[1] != 0) throw new InvalidDataException("it does not begin with the two zero bytes of an IDX file (offset 0)");
        if (header[2] != UnsignedByte) throw new InvalidDataException($"its values are of type 0x{header[2]:x2}, not of 0x08, unsigned bytes (offset 2)");
        if (header[3] != dimensions) throw new InvalidDataException($"it has {header[3]} dimensions, not {dimensions} (offset 3)");
        if (read < header.Length) throw new InvalidDataException($"it ends at offset {read}, within the header");
        var sizes = new int[dimensions];
        for (var i = 0; i < dimensions; i++)
        {
            sizes[i] = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 + (4 * i)));
            if (sizes[i] <= 0) throw new InvalidDataException($"its dimension {i + 1} is {sizes[i]} (offset {4 + (4 * i)})");
        }
        return sizes;
    }

    private static async Task<(int Greatest, long At)> LabelsAsync(Stream content, int count, CancellationToken cancellation)
    {
        const int header = 8;
        var buffer = new byte[1 << 16];
        var greatest = -1;
        long at = 0, seen = 0;
        while (true)
        {
            var read = await content.ReadAsync(buffer, cancellation);
            if (read == 0) break;
            for (var i = 0; i < read && seen + i < count; i++)
            {
                if (buffer[i] <= greatest) continue;
                greatest = buffer[i];
                at = header + seen + i;
            }
            seen += read;
            if (seen > count) throw new InvalidDataException($"it goes on after its {count} labels (offset {header + count})");
        }
        return seen == count ? (greatest, at) : throw new InvalidDataException($"it ends at offset {header + seen}; its header promises {count} labels");
    }
}
