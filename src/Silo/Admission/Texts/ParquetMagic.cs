using System.Buffers.Binary;
using Ptune.Storage.Files;

namespace Ptune.Silo.Admission.Texts;

/// <summary>What a Parquet file has whatever is in it: four known bytes at both ends, and a footer between them whose length stands before the last four.</summary>
internal static class ParquetMagic
{
    private const int TrailerBytes = 8;

    // Magic bytes, an empty footer's length, magic bytes.
    private const int LeastBytes = 12;

    public static TextFault? Check(RegularFile file)
    {
        Span<byte> start = stackalloc byte[4], trailer = stackalloc byte[TrailerBytes];
        if (file.Length < LeastBytes) return Damaged($"It has {file.Length} bytes, too few for a Parquet file.");
        file.ReadExactly(start);
        if (!start.SequenceEqual("PAR1"u8)) return new TextFault(null, "It is not a Parquet file: it does not begin with PAR1.", "Name a Parquet file, or correct the ending of the name.");
        file.Position = file.Length - TrailerBytes;
        file.ReadExactly(trailer);
        if (!trailer[4..].SequenceEqual("PAR1"u8)) return Damaged("The Parquet file does not end with PAR1: its end is missing.");
        var footer = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        return footer == 0 || footer > file.Length - LeastBytes ? Damaged($"The Parquet file says that its footer has {footer:N0} bytes, and it has {file.Length:N0} in all.") : null;
    }

    private static TextFault Damaged(string message) => new(null, message, "Copy or download the file again.");
}
