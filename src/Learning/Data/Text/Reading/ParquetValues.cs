namespace Ptune.Learning.Data.Text.Reading;

/// <summary>
/// Puts a column's records together from its leaves: plain values, lists of values, and lists of objects of values, which is what text
/// data hold. Deeper columns are given as what they are, and no form accepts that.
/// </summary>
internal sealed class ParquetValues(ParquetNode column, IReadOnlyDictionary<int, ParquetColumn> leaves)
{
    // Three levels (optional group, repeated group, element) as the format's LISTs have them, or the two of older writers.
    private readonly ParquetNode? _repeated = column.IsRepeated ? column : column.Children is [{ IsRepeated: true } only] ? only : null;

    /// <summary>Whether <see cref="Next"/> understands the column.</summary>
    public bool IsKnown => column.IsLeaf || (_repeated is not null && (Element.IsLeaf || Element.Children.All(child => child.IsLeaf && !child.IsRepeated)));

    /// <summary>The leaves that it reads.</summary>
    public static IEnumerable<int> LeavesOf(ParquetNode node) => node.IsLeaf ? [node.Leaf] : node.Children.SelectMany(LeavesOf);

    private ParquetNode Element => _repeated is { IsLeaf: false, Children: [var item] } && IsWrapper(_repeated) ? item : _repeated!;

    /// <summary>The next record's value.</summary>
    public DataValue Next(RecordPlace place)
    {
        if (_repeated is null) return leaves[column.Leaf].Take(place, column.Name);
        var items = new List<DataValue>();
        var any = leaves[LeavesOf(_repeated).First()];
        int definition = any.Definition;
        do
        {
            bool isItem = any.Definition >= _repeated.Definition;
            var item = Item(place);
            if (isItem) items.Add(item);
        }
        while (!any.AtEnd && any.Repetition > 0);

        // Fewer levels than the list itself has: the list is null, not empty.
        return items.Count == 0 && !column.IsRepeated && definition < column.Definition ? DataValue.Null : DataValue.Of(items);
    }

    private DataValue Item(RecordPlace place)
    {
        if (Element.IsLeaf) return leaves[Element.Leaf].Take(place, column.Name);
        bool isThere = leaves[Element.Children[0].Leaf].Definition >= Element.Definition;
        var fields = Element.Children.ToDictionary(child => child.Name, child => leaves[child.Leaf].Take(place, child.Name), StringComparer.Ordinal);
        return isThere ? DataValue.Of(fields) : DataValue.Null;
    }

    // The format's rules for older files: a repeated group of one field is the element itself when it is named so.
    private bool IsWrapper(ParquetNode repeated) => repeated.Name != "array" && repeated.Name != $"{column.Name}_tuple";
}
