using System.Buffers.Binary;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace Ptune.Learning.Data.Text.Reading;

/// <summary>
/// The rows of a Parquet file (https://parquet.apache.org/docs/file-format), one row group in memory at a time, and of it only the
/// columns that are asked for.
/// </summary>
internal static class ParquetRows
{
    public const string Ending = ".parquet";

    /// <summary>So much may the wanted columns of one row group have, unpacked.</summary>
    public const long MaxGroupBytes = 1L << 30;

    private const int _tailBytes = 8;
    private const int _maxFooterBytes = 64 << 20;

    /// <param name="source">The file.</param>
    /// <param name="wanted">The columns that it must have; others are ignored.</param>
    /// <exception cref="DataException">The file is damaged, or lacks a column.</exception>
    public static IEnumerable<DataRow> Read(TextFile source, IReadOnlyCollection<string> wanted)
    {
        string file = source.Name;
        using var stream = new BufferedStream(SourceFile.Open(source.Path));
        CheckFooter(file, stream);
        var reader = Guard(file, () => ParquetReader.CreateAsync(stream, leaveStreamOpen: true).GetAwaiter().GetResult());
        var columns = Columns(file, reader, wanted);
        long record = 0;
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            foreach (var row in Group(file, reader, group, columns, record)) yield return row;
            record += reader.RowGroups[group].RowCount;
        }
    }

    private static IEnumerable<DataRow> Group(string file, ParquetReader reader, int index, IReadOnlyDictionary<string, ParquetNode> columns, long before)
    {
        using var group = reader.OpenRowGroupReader(index);
        var fields = Guard(file, () => reader.Schema.GetDataFields());
        var leaves = new Dictionary<int, ParquetColumn>();
        try
        {
            foreach (int leaf in columns.Values.SelectMany(ParquetValues.LeavesOf).Distinct()) leaves.Add(leaf, Guard(file, () => Column(file, group, fields[leaf])));
            var values = columns.ToDictionary(column => column.Key, column => new ParquetValues(column.Value, leaves), StringComparer.Ordinal);
            for (long row = 0; row < group.RowCount; row++)
            {
                var place = new RecordPlace(file, "record", before + row + 1);
                var read = new Dictionary<string, DataValue>(values.Count, StringComparer.Ordinal);
                foreach (var (name, value) in values) read.Add(name, Guard(file, () => value.IsKnown ? value.Next(place) : new DataValue("a nested column")));
                yield return new DataRow(place, read);
            }
        }
        finally
        {
            foreach (var leaf in leaves.Values) leaf.Dispose();
        }
    }

    private static ParquetColumn Column(string file, ParquetRowGroupReader group, DataField field)
    {
        long bytes = group.GetMetadata(field)?.MetaData?.TotalUncompressedSize ?? 0;
        return bytes is >= 0 and <= MaxGroupBytes
            ? ParquetColumn.Read(group, field)
            : throw new DataException($"{file}: column '{field.Path}' has a row group of {bytes} bytes; at most {MaxGroupBytes} are read. Write the file with smaller row groups.");
    }

    private static Dictionary<string, ParquetNode> Columns(string file, ParquetReader reader, IReadOnlyCollection<string> wanted)
    {
        var schema = reader.Metadata?.Schema ?? throw new DataException($"{file}: the Parquet footer has no schema.");
        // As text the library would put U+FFFD in the place of what is not UTF-8; as bytes they come as they are.
        foreach (var element in schema.Where(element => element.Type == Parquet.Meta.Type.BYTE_ARRAY)) (element.ConvertedType, element.LogicalType) = (null, null);
        var columns = ParquetNode.Columns(file, schema);
        var found = new Dictionary<string, ParquetNode>(StringComparer.Ordinal);
        foreach (string name in wanted)
        {
            found[name] = columns.FirstOrDefault(column => column.Name == name)
                ?? throw new DataException($"{file}: there is no column '{name}'. The columns are: {string.Join(", ", columns.Select(column => column.Name))}.");
        }

        return found;
    }

    /// <summary>The library takes memory for whatever length the footer claims, so that is looked at first.</summary>
    private static void CheckFooter(string file, Stream stream)
    {
        var magic = "PAR1"u8;
        Span<byte> head = stackalloc byte[4], tail = stackalloc byte[_tailBytes];
        if (stream.Length < magic.Length + _tailBytes) throw new DataException($"{file}: {stream.Length} bytes are too few for a Parquet file.");
        stream.ReadExactly(head);
        if (!head.SequenceEqual(magic)) throw new DataException($"{file}: the name ends in {Ending}, but the content is not Parquet.");
        stream.Position = stream.Length - _tailBytes;
        stream.ReadExactly(tail);
        if (!tail[4..].SequenceEqual(magic)) throw new DataException($"{file}: the Parquet footer is missing: the file is cut off. Copy or download it again.");
        long footer = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (footer > Math.Min(stream.Length - magic.Length - _tailBytes, _maxFooterBytes))
            throw new DataException($"{file}: the Parquet footer claims {footer} bytes, but the file has only {stream.Length}, and at most {_maxFooterBytes} are read.");
        stream.Position = 0;
    }

    /// <summary>Whatever the library throws at a damaged file is an error of the file.</summary>
    private static T Guard<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not (LearningException or OutOfMemoryException))
        {
            throw new DataException($"{file}: the Parquet data are damaged, or of a kind that is not read: {error.Message}", error);
        }
    }
}
