using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Cli.Output;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Specs;

/// <summary>The text data sets and tokenizers of a spec that lie in folders of this machine, wherever they stand in it.</summary>
/// <param name="Uploaded">The spec as it is where the files have been uploaded.</param>
/// <param name="Files">The files.</param>
internal sealed record LocalData(SpecFile Uploaded, IReadOnlyList<LocalDataFile> Files)
{
    private const string Location = "location", Text = "text", Several = "files", One = "file";

    public static LocalData Of(SpecFile file)
    {
        var root = JsonSerializer.SerializeToNode(file.Spec, SpecJson.Options)!;
        var files = new List<LocalDataFile>();
        Visit(root, "", files);
        return files.Count == 0 ? new LocalData(file, files) : new LocalData(file with { Spec = root.Deserialize<Spec>(SpecJson.Options)!, Text = YamlText.Of(root) }, files);
    }

    private static void Visit(JsonNode? node, string place, List<LocalDataFile> files)
    {
        if (node is JsonArray items)
            foreach (var (number, item) in items.Index()) Visit(item, $"{place}[{number}]", files);
        if (node is not JsonObject members) return;
        if (members[Location] is JsonValue at && at.TryGetValue<string>(out var folder) && Path.IsPathFullyQualified(folder) && Directory.Exists(folder) && Declared(members, place).ToList() is { Count: > 0 } declared)
        {
            files.AddRange(declared.Select(entry => new LocalDataFile($"{entry.Place}.sha256", Path.Combine(folder, (string)entry.File["path"]!), (string)entry.File["sha256"]!)));
            members[Location] = IDatasetSpec.Uploads;
            return;
        }
        foreach (var (key, value) in members) Visit(value, place.Length == 0 ? key : $"{place}.{key}", files);
    }

    private static IEnumerable<(string Place, JsonObject File)> Declared(JsonObject members, string place)
    {
        if (members[One] is JsonObject tokenizer) return [($"{place}.{One}", tokenizer)];
        return (string?)members["kind"] == Text && members[Several] is JsonArray files ? files.Select((file, number) => ($"{place}.{Several}[{number}]", file!.AsObject())) : [];
    }
}
