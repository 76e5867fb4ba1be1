namespace Ptune.Learning.Data.Text.Reading;

/// <summary>Files that are not text say so in their first bytes, and an error should say the same.</summary>
internal static class FileSignature
{
    private static readonly (byte[] Start, string Problem)[] _known =
    [
        ([0x1f, 0x8b], "the content is gzip, but the name does not end in .gz. Rename the file"),
        ([0xff, 0xfe], "the text is UTF-16. Convert it: iconv -f UTF-16 -t UTF-8"),
        ([0xfe, 0xff], "the text is UTF-16. Convert it: iconv -f UTF-16 -t UTF-8"),
        ("PAR1"u8.ToArray(), "the content is Parquet, but the name does not end in .parquet. Rename the file"),
        ([0x28, 0xb5, 0x2f, 0xfd], "the content is zstd. Unpack it (zstd -d), or pack it with gzip"),
        ("PK\u0003\u0004"u8.ToArray(), "the content is a zip archive. Unpack it"),
    ];

    /// <exception cref="DataException">The file begins as another format does.</exception>
    public static void Refuse(string file, ReadOnlySpan<byte> start)
    {
        foreach (var (signature, problem) in _known)
        {
            if (start.StartsWith(signature)) throw new DataException($"{file}: {problem}.");
        }
    }
}
