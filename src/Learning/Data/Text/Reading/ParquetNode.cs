using Parquet.Meta;

namespace Ptune.Learning.Data.Text.Reading;

/// <summary>An element of a Parquet schema, which the file stores as a flat list in depth-first order.</summary>
/// <param name="Element">As the file has it.</param>
/// <param name="Children">Of a group.</param>
/// <param name="Leaf">The column's index among the leaves, for a leaf.</param>
/// <param name="Definition">The definition level of a value that is there.</param>
internal sealed record ParquetNode(SchemaElement Element, IReadOnlyList<ParquetNode> Children, int Leaf, int Definition)
{
    private const int _maxDepth = 16;

    public string Name => Element.Name;

    public bool IsLeaf => Leaf >= 0;

    public bool IsRepeated => Element.RepetitionType == FieldRepetitionType.REPEATED;

    /// <summary>The columns of a file.</summary>
    /// <exception cref="DataException">The schema contradicts itself, or is nested too deeply.</exception>
    public static IReadOnlyList<ParquetNode> Columns(string file, IReadOnlyList<SchemaElement> schema)
    {
        int next = 0, leaves = 0;
        return Read(0, 0).Children;

        ParquetNode Read(int depth, int definition)
        {
            if (next >= schema.Count || depth > _maxDepth) throw new DataException($"{file}: the Parquet schema is damaged, or deeper than {_maxDepth} levels.");
            var element = schema[next++];
            if (depth > 0 && element.RepetitionType != FieldRepetitionType.REQUIRED) definition++;
            int count = element.NumChildren ?? 0;
            if (element.Type is not null || depth > 0 && count == 0) return new ParquetNode(element, [], leaves++, definition);
            var children = new List<ParquetNode>();
            for (int i = 0; i < count; i++) children.Add(Read(depth + 1, definition));
            return new ParquetNode(element, children, -1, definition);
        }
    }
}
