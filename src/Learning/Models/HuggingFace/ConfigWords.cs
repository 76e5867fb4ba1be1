using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Learning.Formats;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>Changes words of a folder's config.json.</summary>
internal static class ConfigWords
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Says that the weights are stored anew: under the usual names, in the usual file, in this type.</summary>
    public static void SetStored(string folder, string type) => Change(folder, config =>
    {
        SetUsualFile(config);
        SetType(config, type);
    });

    /// <summary>The weights have the usual names, and so has their file.</summary>
    public static void SetUsualFile(JsonObject config) => config.Remove("transformers_weights");

    /// <summary>Says what the weights are stored in, in the words that the file uses.</summary>
    public static void SetType(JsonObject config, string type)
    {
        string[] words = ["dtype", "torch_dtype"];
        string[] said = [.. words.Where(config.ContainsKey)];
        foreach (string word in said.Length > 0 ? said : ["torch_dtype"]) config[word] = type;
        // A model of two towers says it in each of them, too.
        foreach (var (_, tower) in config.Where(pair => pair.Key.EndsWith("_config", StringComparison.Ordinal)))
        {
            foreach (string word in words.Where(word => tower is JsonObject part && part.ContainsKey(word))) tower![word] = type;
        }
    }

    /// <summary>Says what a classifier answers with: one of these labels.</summary>
    /// <param name="source">The folder that has been given the head.</param>
    public static void SetLabels(string folder, IReadOnlyList<string> labels, PretrainedFolder source) => Change(folder, config => SetLabels(config, labels, source));

    /// <inheritdoc cref="SetLabels(string, IReadOnlyList{string}, PretrainedFolder)"/>
    public static void SetLabels(JsonObject config, IReadOnlyList<string> labels, PretrainedFolder source)
    {
        if (source.IsHeadless) config["architectures"] = new JsonArray(source.Family.Architectures[0]);
        foreach (string word in (string[])["num_labels", "_num_labels", "problem_type"]) config.Remove(word);
        config["id2label"] = new JsonObject(labels.Index().Select(label => KeyValuePair.Create($"{label.Index}", (JsonNode?)label.Item)));
        config["label2id"] = new JsonObject(labels.Index().Select(label => KeyValuePair.Create(label.Item, (JsonNode?)label.Index)));
    }

    /// <summary>Adds a word, or changes it.</summary>
    public static void Set(string folder, string word, string value) => Change(folder, config => config[word] = value);

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
