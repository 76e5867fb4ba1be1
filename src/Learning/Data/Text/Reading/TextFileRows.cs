using Ptune.Contracts.Specs;

namespace Ptune.Learning.Data.Text.Reading;

/// <summary>The records of a file, read as its name says: .jsonl, .parquet, .txt, and .gz of the first and the last. A new kind of file is one line in the list.</summary>
internal static class TextFileRows
{
    /// <summary>Default: 16 MiB.</summary>
    public const int MaxRecordBytes = TextDatasetSpec.MaxRecordBytes;

    private const string _jsonLines = ".jsonl";

    // Parquet is no stream: it is read from its end, and never packed.
    private static readonly Dictionary<string, TextFileReader> _streams = new(StringComparer.OrdinalIgnoreCase)
    {
        [_jsonLines] = (file, stream, wanted, _, maxRecordBytes) => JsonLines.Read(file, stream, wanted, maxRecordBytes),
        [".txt"] = (file, stream, wanted, unit, maxRecordBytes) => wanted.Count == 1
            ? PlainTextRows.Read(file, stream, wanted.First(), unit, maxRecordBytes)
            : throw new DataException($"{file}: plain text has one field, but this format needs {string.Join(", ", wanted)}. Use {_jsonLines} or {ParquetRows.Ending}."),
    };

    /// <summary>Adds a kind of file, plain or packed, before the first one is read; servers accept it by <see cref="TextFileEndings"/>.</summary>
    /// <param name="ending">With its dot: .tsv.</param>
    /// <param name="read">Reads it.</param>
    public static void Add(string ending, TextFileReader read) => _streams.Add(ending, read);

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
        if (_streams.TryGetValue(Path.GetExtension(name), out var read)) return Stream(source, stream => read(file, stream, wanted, plainText, maxRecordBytes));
        string known = string.Join(", ", _streams.Keys.SelectMany(ending => new[] { ending, ending + Packed.GzipEnding }).Append(ParquetRows.Ending).Order(StringComparer.Ordinal));
        throw new DataException($"{file}: what is in the file cannot be told from its name. Known: {known}.");
    }

    private static IEnumerable<DataRow> Stream(TextFile source, Func<Stream, IEnumerable<DataRow>> read)
    {
        using var stream = Packed.Open(source);
        foreach (var row in read(stream)) yield return row;
    }
}
