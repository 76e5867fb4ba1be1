using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Contracts.Specs;

namespace Ptune.Grains.Tests.Stability;

/// <summary>
/// State as version 1 wrote it. The files are never rewritten: a later version reads them, or it cannot be installed over version 1. When a
/// state gains members, record a v2 beside it.
/// </summary>
internal static class Recording
{
    /// <summary>The recorded state read by today's code, after a check that nothing of the file was lost on the way.</summary>
    public static T Read<T>(string file, Func<T> sample)
    {
        var path = SourceFolder.Path(Path.Combine("Recorded", file));
        if (SourceFolder.IsRenewing && !File.Exists(path)) File.WriteAllText(path, JsonSerializer.Serialize(sample(), SpecJson.Indented) + "\n");

        var text = File.ReadAllText(path);
        var state = JsonSerializer.Deserialize<T>(text, SpecJson.Stored)!;
        AssertHolds(JsonNode.Parse(text), JsonSerializer.SerializeToNode(state, SpecJson.Stored), file);
        return state;
    }

    /// <summary>Every member of the recording stands, with the same value, in what today's code makes of it; there may be more.</summary>
    private static void AssertHolds(JsonNode? recorded, JsonNode? read, string where)
    {
        switch (recorded)
        {
            case JsonObject members:
                foreach (var (key, value) in members) AssertHolds(value, read is JsonObject o && o.TryGetPropertyValue(key, out var v) ? v : null, $"{where}.{key}");
                break;
            case JsonArray items:
                Assert.True(read is JsonArray found && found.Count == items.Count, $"{where}: the list has another length when it is read back");
                for (var i = 0; i < items.Count; i++) AssertHolds(items[i], read![i], $"{where}[{i}]");
                break;
            default:
                Assert.True(JsonNode.DeepEquals(recorded, read), $"{where} is {recorded?.ToJsonString()} in the recording, but {read?.ToJsonString() ?? "nothing"} when it is read back");
                break;
        }
    }
}
