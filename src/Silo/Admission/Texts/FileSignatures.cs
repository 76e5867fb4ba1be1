namespace Ptune.Silo.Admission.Texts;

/// <summary>Files that are not text say so in their first bytes.</summary>
internal static class FileSignatures
{
    private static readonly (byte[] Start, string Message, string Fix)[] Known =
    [
        ([0x1f, 0x8b], "The content is gzip, but the name does not end in .gz.", "Rename the file."),
        ([0xff, 0xfe], "The text is UTF-16.", "Convert it: iconv -f UTF-16 -t UTF-8."),
        ([0xfe, 0xff], "The text is UTF-16.", "Convert it: iconv -f UTF-16 -t UTF-8."),
        ("PAR1"u8.ToArray(), "The content is Parquet, but the name does not end in .parquet.", "Rename the file."),
        ([0x28, 0xb5, 0x2f, 0xfd], "The content is zstd.", "Unpack it (zstd -d), or pack it with gzip."),
        ("PK\u0003\u0004"u8.ToArray(), "The content is a zip archive.", "Unpack it."),
    ];

    /// <summary>Null for what may be text.</summary>
    public static TextFault? Of(ReadOnlySpan<byte> start)
    {
        foreach (var (signature, message, fix) in Known)
        {
            if (start.StartsWith(signature)) return new TextFault(null, message, fix);
        }
        return null;
    }
}
