using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Serialization;

/// <summary>
/// A job's needs in a row of the catalog: JSON. The estimates stand beside them, where a version that knows none passes them over. Many rows have the same, so what was read last is kept.
/// </summary>
internal static class NeedsText
{
    private const string Memory = "estimatedGiB";
    private const string Seconds = "estimatedSeconds";

    private static readonly RowNeeds _none = new(null, null, null);

    private static Reading? _last;

    /// <returns>Null: there is nothing to say.</returns>
    public static string? Write(JobRow row)
    {
        if (row is { EstimatedGiB: null, EstimatedSeconds: null }) return row.Needs is null ? null : JsonSerializer.Serialize(row.Needs, SpecJson.Options);
        var json = row.Needs is null ? [] : JsonSerializer.SerializeToNode(row.Needs, SpecJson.Options)!.AsObject();
        if (row.EstimatedGiB is { } memory) json[Memory] = memory;
        if (row.EstimatedSeconds is { } seconds) json[Seconds] = seconds;
        return json.ToJsonString(SpecJson.Options);
    }

    public static RowNeeds Read(string? text)
    {
        if (text is null) return _none;
        if (Volatile.Read(ref _last) is { } last && last.Text == text) return last.Needs;
        var json = JsonNode.Parse(text)!.AsObject();
        var (memory, seconds) = (json[Memory]?.GetValue<double>(), json[Seconds]?.GetValue<double>());
        json.Remove(Memory);
        json.Remove(Seconds);
        var needs = new RowNeeds(json.Count == 0 ? null : json.Deserialize<Needs>(SpecJson.Options), memory, seconds);
        Volatile.Write(ref _last, new Reading(text, needs));
        return needs;
    }

    private sealed record Reading(string Text, RowNeeds Needs);
}
