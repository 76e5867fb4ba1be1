using System.IO.Compression;
using Ptune.Contracts.Specs;
using Ptune.Storage.Files;

namespace Ptune.Silo.Admission.Texts;

/// <summary>
/// The beginning of a file of texts, before a worker is taken: that it is what its name says and its first records are as the format asks. It refuses only what the workers refuse, too.
/// </summary>
internal static class TextFileCheck
{
    /// <summary>Records of a file that are looked at.</summary>
    public const int MostRecords = 1000;

    /// <summary>Unpacked bytes of a file that are looked at; one whole record of the largest size is among them.</summary>
    public const long MostBytes = 2L * TextDatasetSpec.MaxRecordBytes;

    // A file that is wrong in one record is often so in all.
    private const int MostFaults = 3;

    /// <returns>What is wrong, and how many bytes were read for that.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (IReadOnlyList<TextFault> Faults, long Bytes) Check(RegularFile file, string path, TextDatasetSpec dataset)
    {
        if (file.Length == 0) return ([new(null, "It is empty.", "Name a file that holds records.")], 0);
        var ending = TextFileEnding.Of(path);
        switch (ending.Kind)
        {
            case null:
                return ([new(null, "Its name does not say what is in it.", $"Known endings: {TextFileEnding.Known}.")], 0);
            case TextFileKind.Added:
                return ([], 0);
            case TextFileKind.Parquet:
                return (ParquetMagic.Check(file) is { } fault ? [fault] : [], 0);
            case TextFileKind.Plain when new RecordFields(dataset).Wanted is { } wanted && wanted is not ["text"]:
                return ([new(null, $"Plain text is one text, but this format needs {string.Join(", ", wanted)}.", "Use a .jsonl or .parquet file, or another format.")], 0);
        }
        var faults = new List<TextFault>();
        FirstLines? lines = null;
        try
        {
            using var content = ending.IsPacked ? Unpacked(file) : null;
            lines = new FirstLines(content ?? (Stream)file, MostBytes);
            var records = ending.Kind == TextFileKind.JsonLines ? Records(lines, new RecordCheck(dataset), faults) : Plain(lines);
            // A text of blank lines is an empty record, where the whole file is one.
            var mayBeEmpty = ending.Kind == TextFileKind.Plain && dataset.DropEmpty == true;
            if (records == 0 && lines.IsAtEnd && !mayBeEmpty) faults.Add(new(null, "There is no record in it.", "Name a file that holds records."));
        }
        catch (TextFileException error)
        {
            faults.Add(error.Fault);
        }
        return (faults, lines?.BytesRead ?? 0);
    }

    private static int Records(FirstLines lines, RecordCheck check, List<TextFault> faults)
    {
        var records = 0;
        while (records < MostRecords && faults.Count < MostFaults && lines.Next())
        {
            if (IsBlank(lines.Line.Span)) continue;
            records++;
            if (check.Check(lines.Line, lines.Number) is { } fault) faults.Add(fault);
        }
        return records;
    }

    private static int Plain(FirstLines lines)
    {
        var filled = 0;
        while (lines.Next()) filled += IsBlank(lines.Line.Span) ? 0 : 1;
        return filled;
    }

    private static GZipStream Unpacked(RegularFile file)
    {
        Span<byte> start = stackalloc byte[2];
        var got = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return got == 2 && start is [0x1f, 0x8b] ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true)
            : throw new TextFileException(new(null, "The name ends in .gz, but the content is not gzip.", "Rename the file, or pack it."));
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r"u8) < 0;
}
