using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Serialization;

/// <summary>
/// A job's needs in a row of the catalog: JSON. The estimate stands beside them, where a version that knows none passes it over. Many rows have the same, so what was read last is kept.
/// </summary>
internal static class NeedsText
{
    private const string Estimated = "estimatedGiB";

    private static readonly RowNeeds _none = new(null, null);

    private static Reading? _last;

    /// <returns>Null: there is nothing to say.</returns>
    public static string? Write(JobRow row)
    {
        if (row.EstimatedGiB is not { } estimated) return row.Needs is null ? null : JsonSerializer.Serialize(row.Needs, SpecJson.Options);
        var json = row.Needs is null ? [] : JsonSerializer.SerializeToNode(row.Needs, SpecJson.Options)!.AsObject();
        json[Estimated] = estimated;
        return json.ToJsonString(SpecJson.Options);
    }

    public static RowNeeds Read(string? text)
    {
        if (text is null) return _none;
        if (Volatile.Read(ref _last) is { } last && last.Text == text) return last.Needs;
        var json = JsonNode.Parse(text)!.AsObject();
        var estimated = json[Estimated]?.GetValue<double>();
        json.Remove(Estimated);
        var needs = new RowNeeds(json.Count == 0 ? null : json.Deserialize<Needs>(SpecJson.Options), estimated);
        Volatile.Write(ref _last, new Reading(text, needs));
        return needs;
    }

    private sealed record Reading(string Text, RowNeeds Needs);
}
