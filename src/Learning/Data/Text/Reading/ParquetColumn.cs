using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace Ptune.Learning.Data.Text.Reading;

/// <summary>The values of one leaf of one row group, in the order of the file, with Dremel's levels (Melnik et al., VLDB 2010).</summary>
internal sealed class ParquetColumn : IDisposable
{
    private readonly RawColumnData _raw;
    private readonly int _maxDefinition;
    private int _entry;
    private int _value;

    private ParquetColumn(RawColumnData raw, DataField field, long entries)
    {
        (_raw, Field, _maxDefinition, Entries) = (raw, field, field.MaxDefinitionLevel, entries);
    }

    public DataField Field { get; }

    /// <summary>Values and nulls and empty lists, all of them.</summary>
    public long Entries { get; }

    public bool AtEnd => _entry >= Entries;

    /// <summary>The levels of the entry that <see cref="Take"/> takes next.</summary>
    public int Definition => _maxDefinition == 0 ? 0 : _raw.DefinitionLevels[_entry];

    public int Repetition => Field.MaxRepetitionLevel == 0 ? 0 : _raw.RepetitionLevels[_entry];

    public static ParquetColumn Read(ParquetRowGroupReader group, DataField field)
    {
        long entries = group.GetMetadata(field)?.MetaData?.NumValues ?? 0;
        return new ParquetColumn(group.ReadRawColumnDataBaseAsync(field).AsTask().GetAwaiter().GetResult(), field, entries);
    }

    /// <summary>The entry's value, null where it has none, and on to the next entry.</summary>
    /// <exception cref="DataException">A text is not UTF-8.</exception>
    public DataValue Take(RecordPlace place, string name)
    {
        bool isThere = Definition == _maxDefinition;
        _entry++;
        return isThere ? Value(_value++, place, name) : DataValue.Null;
    }

    public void Dispose() => _raw.Dispose();

    private DataValue Value(int index, RecordPlace place, string name) => _raw switch
    {
        RawColumnData<ReadOnlyMemory<byte>> texts => DataValue.Of(Text(texts.Values[index].Span, place, name)),
        RawColumnData<long> numbers => Whole(numbers.Values[index], "int64"),
        RawColumnData<int> numbers => Whole(numbers.Values[index], "int32"),
        RawColumnData<short> numbers => Whole(numbers.Values[index], "int16"),
        RawColumnData<sbyte> numbers => Whole(numbers.Values[index], "int8"),
        RawColumnData<uint> numbers => Whole(numbers.Values[index], "uint32"),
        RawColumnData<ushort> numbers => Whole(numbers.Values[index], "uint16"),
        RawColumnData<byte> numbers => Whole(numbers.Values[index], "uint8"),
        _ => new DataValue(Field.ClrType.Name),
    };

    private static DataValue Whole(long number, string type) => DataValue.Of(number, $"{type} (a whole number)");

    private static string Text(ReadOnlySpan<byte> bytes, RecordPlace place, string name) =>
        StrictUtf8.FirstInvalid(bytes) is { } offset
            ? throw place.Error($"the byte 0x{bytes[offset]:X2} at offset {offset} of column '{name}' is not valid UTF-8.")
            : System.Text.Encoding.UTF8.GetString(bytes);
}
