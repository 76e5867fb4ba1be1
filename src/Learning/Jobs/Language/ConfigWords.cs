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
    public static void SetType(string folder, string type) => Change(folder, config => config[config.ContainsKey("dtype") ? "dtype" : "torch_dtype"] = type);

    /// <summary>Says that the head has weights of its own.</summary>
    public static void SetUntied(string folder) => Change(folder, config => config["tie_word_embeddings"] = false);

    private static void Change(string folder, Action<JsonObject> change)
    {
        string path = Path.Combine(folder, PretrainedFolder.ConfigFile);
        var config = JsonNode.Parse(StoredFile.ReadText(path))!.AsObject();
        change(config);
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(config.ToJsonString(_json) + "\n")));
    }
}
