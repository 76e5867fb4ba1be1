using System.Text;
using Ptune.Learning.Data.Text.Records;

namespace Ptune.Learning.Data.Text;

/// <summary>The classes of a labelled data set: an output space.</summary>
/// <param name="names">In the order of their indexes.</param>
internal sealed class LabelNames(IReadOnlyList<string> names)
{
    private readonly Dictionary<string, int> _indexes = names.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);

    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>The names that the records have, ordered by code point; of indexes, 0 to the largest.</summary>
    /// <exception cref="DataException">There is only one, or an index is negative or missing.</exception>
    public static LabelNames Of(IEnumerable<LabelledText> records)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var indexes = new HashSet<long>();
        foreach (var record in records)
        {
            if (record.Label is { } label) found.Add(label);
            else if (record.Index is { } index) indexes.Add(index >= 0 ? index : throw record.Place.Error($"the label {index} is negative."));
        }

        if (indexes.Count > 0 && indexes.Max() >= indexes.Count)
            throw new DataException($"The labels go up to {indexes.Max()}, but there are only {indexes.Count} different ones. Declare the labels.");
        // UTF-8 sorts by code point; UTF-16, .NET's own, does not where there are surrogate pairs.
        string[] names = indexes.Count > 0
            ? [.. indexes.Order().Select(index => $"{index}")]
            : [.. found.OrderBy(Encoding.UTF8.GetBytes, Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))];
        return names.Length > 1
            ? new LabelNames(names)
            : throw new DataException($"The only label in the data is '{string.Join(", ", names)}', so there is nothing to learn.");
    }

    /// <exception cref="DataException">The record's label is not one of these.</exception>
    public int IndexOf(LabelledText record)
    {
        if (record.Label is { } label)
            return _indexes.TryGetValue(label, out int known) ? known : throw record.Place.Error($"the label '{label}' is not one of the {Names.Count} of training: {Shown}.");
        return record.Index is { } index && index >= 0 && index < Names.Count
            ? (int)index
            : throw record.Place.Error($"the label {record.Index} is out of range: there are {Names.Count} labels (0 to {Names.Count - 1}).");
    }

    private string Shown => Names.Count <= 20 ? string.Join(", ", Names) : string.Join(", ", Names.Take(20)) + ", ...";
}
