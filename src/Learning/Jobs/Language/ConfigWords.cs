using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Learning.Formats;
using Ptune.Learning.Models.HuggingFace;

namespace Ptune.Learning.Jobs.Language;

/// <summary>Changes words of a folder's config.json.</summary>
internal static class ConfigWords
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Says what the weights are stored in, in the word that the file uses.</summary>
    public static void SetType(string folder, string type)
    {
        string path = Path.Combine(folder, PretrainedFolder.ConfigFile);
        var config = JsonNode.Parse(StoredFile.ReadText(path))!.AsObject();
        config[config.ContainsKey("dtype") ? "dtype" : "torch_dtype"] = type;
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(config.ToJsonString(_json) + "\n")));
    }
}
