using System.IO.Compression;

namespace Ptune.Learning.Data.Text.Reading;

/// <summary>
/// Files as they are, or unpacked where their name ends in .gz. A gzip file counts only when its trailer (checksum and length) fits:
/// .NET checks that where the program says UseStrictValidation, which eng/Language.props says for all of them.
/// </summary>
internal static class Packed
{
    public const string GzipEnding = ".gz";

    private static readonly byte[] _gzip = [0x1f, 0x8b];

    public static bool IsGzip(string path) => path.EndsWith(GzipEnding, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="DataException">There is no such file, or it is named .gz and is not gzip.</exception>
    public static Stream Open(TextFile source)
    {
        var file = new BufferedStream(SourceFile.Open(source.Path), 1 << 16);
        if (!IsGzip(source.Name)) return file;
        Span<byte> start = stackalloc byte[2];
        int got = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (start[..got].SequenceEqual(_gzip)) return new GZipStream(file, CompressionMode.Decompress);
        file.Dispose();
        throw new DataException($"{source.Name}: the name ends in .gz, but the content is not gzip. Rename the file, or pack it.");
    }

    /// <exception cref="DataException">The gzip data are damaged or cut off.</exception>
    public static int Read(string file, Stream stream, Span<byte> buffer)
    {
        try
        {
            return stream.Read(buffer);
        }
        catch (InvalidDataException error)
        {
            throw new DataException($"{file}: the gzip data are damaged or cut off, so nothing of the file is used. Copy or download it again.", error);
        }
    }
}
