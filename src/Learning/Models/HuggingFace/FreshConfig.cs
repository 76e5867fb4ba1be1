using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Contracts.Specs;
using Ptune.Learning.Formats;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>The <c>config.json</c> and <c>generation_config.json</c> of a model that is pretrained from fresh weights: Hugging Face's libraries load what comes of it.</summary>
internal static class FreshConfig
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, NewLine = "\n" };

    /// <param name="folder">Gets the two files.</param>
    /// <param name="architecture">Family and sizes.</param>
    /// <param name="vocabulary">Entries of the tokenizer.</param>
    /// <param name="end">The id that ends a text.</param>
    public static void Write(string folder, DecoderSpec architecture, int vocabulary, int end)
    {
        var config = Words(architecture);
        config["vocab_size"] = vocabulary;
        config["bos_token_id"] = null;
        config["eos_token_id"] = end;
        config["tie_word_embeddings"] = architecture.Tied;
        config["torch_dtype"] = "float32";
        Write(Path.Combine(folder, PretrainedFolder.ConfigFile), config);
        Write(Path.Combine(folder, GenerationDefaults.FileName), new JsonObject { ["eos_token_id"] = end, ["pad_token_id"] = end });
    }

    private static JsonObject Words(DecoderSpec architecture)
    {
        var (family, words) = ModelFamilies.Fresh(architecture) ?? throw new LearningException($"This worker cannot make a {architecture.GetType().Name}.");
        var config = new JsonObject { ["architectures"] = new JsonArray(family.Architectures[0]), ["model_type"] = family.ModelType };
        foreach (var (word, value) in words) config[word] = value;
        return config;
    }

    private static void Write(string path, JsonObject words) => AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(words.ToJsonString(_json) + "\n")));
}
