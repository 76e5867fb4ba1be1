using System.Globalization;
using Ptune.Learning.Formats;

namespace Ptune.Learning.Models.HuggingFace.Families;

/// <summary>The labels of a classifier: <c>id2label</c>, else <c>num_labels</c>, else two.</summary>
internal static class LabelWords
{
    private const long _byDefault = 2;
    private const long _most = 1_000_000;

    /// <exception cref="ModelRefusedException">The numbers do not count from 0 without a gap.</exception>
    public static IReadOnlyList<string> Read(JsonWords config)
    {
        const string word = "id2label";
        if (config.Section(word) is not { } names)
        {
            long count = config.Whole("num_labels", _byDefault);
            if (count > _most) throw config.Refuse($"num_labels is {count}; no more than {_most} are read.");
            return [.. Enumerable.Range(0, (int)count).Select(label => $"LABEL_{label}")];
        }

        var byId = new SortedDictionary<long, string>();
        foreach (var entry in names.Root.EnumerateObject())
        {
            if (!long.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out long id) || entry.Value.ValueKind != System.Text.Json.JsonValueKind.String)
                throw config.Refuse($"{word} maps '{Readable.Text(entry.Name)}' to {Readable.Json(entry.Value)}; it must map numbers to names.");
            byId[id] = entry.Value.GetString()!;
        }

        for (long id = 0; id < byId.Count; id++)
        {
            if (!byId.ContainsKey(id)) throw config.Refuse($"{word} names {byId.Count} labels, but none for {id}: its numbers are {string.Join(", ", byId.Keys)}.");
        }

        return byId.Count > 0 ? [.. byId.Values] : throw config.Refuse($"{word} is empty.");
    }
}
