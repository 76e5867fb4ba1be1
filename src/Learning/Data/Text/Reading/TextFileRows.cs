using Ptune.Contracts.Specs;
namespace Ptune.Learning.Data.Text.Reading;

/// <summary>The records of a file, read as its name says: .jsonl, .parquet, .txt, and .gz of the first and the last.</summary>
internal static class TextFileRows
{
    /// <summary>Default: 16 MiB.</summary>
    public const int MaxRecordBytes = TextDatasetSpec.MaxRecordBytes;

    private const string _jsonLines = ".jsonl";
    private const string _plain = ".txt";

    /// <param name="source">The file.</param>
    /// <param name="wanted">The fields that every record must have, by the file's names. Plain text has one, whatever its name.</param>
    /// <param name="plainText">What a record of plain text is.</param>
    /// <param name="maxRecordBytes">A longer line is refused.</param>
    /// <exception cref="DataException">The file is missing, of an unknown kind, damaged, or has a record that is not as it must be.</exception>
    public static IEnumerable<DataRow> Read(TextFile source, IReadOnlyCollection<string> wanted, PlainTextRecords plainText, int maxRecordBytes = MaxRecordBytes)
    {
        string file = source.Name;
        if (!File.Exists(source.Path)) throw new DataException($"{file}: there is no such file ({source.Path}).");
        string name = Packed.IsGzip(file) ? file[..^Packed.GzipEnding.Length] : file;
        if (name.EndsWith(ParquetRows.Ending, StringComparison.OrdinalIgnoreCase) && !Packed.IsGzip(file)) return ParquetRows.Read(source, wanted);
        if (name.EndsWith(_jsonLines, StringComparison.OrdinalIgnoreCase)) return Stream(source, stream => JsonLines.Read(file, stream, wanted, maxRecordBytes));
        if (!name.EndsWith(_plain, StringComparison.OrdinalIgnoreCase))
            throw new DataException($"{file}: what is in the file cannot be told from its name. Known: {_jsonLines}, {_jsonLines}.gz, {ParquetRows.Ending}, {_plain}, {_plain}.gz.");
        return wanted.Count == 1
            ? Stream(source, stream => PlainTextRows.Read(file, stream, wanted.First(), plainText, maxRecordBytes))
            : throw new DataException($"{file}: plain text has one field, but this format needs {string.Join(", ", wanted)}. Use {_jsonLines} or {ParquetRows.Ending}.");
    }

    private static IEnumerable<DataRow> Stream(TextFile source, Func<Stream, IEnumerable<DataRow>> read)
    {
        using var stream = Packed.Open(source);
        foreach (var row in read(stream)) yield return row;
    }
}
