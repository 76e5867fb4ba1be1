using System.Text.Json;
using Ptune.Fixtures;
using Ptune.Learning.Importing;

namespace Ptune.Learning.Tests.Jobs.Language;

/// <summary>A small BERT with a head of three labels, and a tokenizer of its own.</summary>
internal static class TinyClassifier
{
    /// <summary>Writes it into a folder, which is given back.</summary>
    public static string Write(string folder, string tokenizer, bool isImported = true)
    {
        string model = Directory.CreateDirectory(folder).FullName;
        foreach (string file in Directory.GetFiles(Repository.PathOf("tests", "fixtures", "hf", "bert-sequence-classification"))) File.Copy(file, Path.Combine(model, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(model, "tokenizer.json"), tokenizer);
        if (isImported) FolderImport.Run(new ModelImportOptions { Folder = model, Target = model });
        return model;
    }

    /// <summary>A tokenizer.json: a word, a token.</summary>
    public static string Words()
    {
        string[] words = ["[PAD]", "[UNK]", "The", "cat", "dog", "owl", "fox", "hen", "bee", "sleeps", "in", "the", "house", "garden", "river", "wood", ",", "and", "morning", "leaves", "."];
        return JsonSerializer.Serialize(new
        {
            version = "1.0",
            added_tokens = Array.Empty<object>(),
            pre_tokenizer = new { type = "Whitespace" },
            model = new { type = "WordLevel", vocab = words.Index().ToDictionary(word => word.Item, word => word.Index), unk_token = "[UNK]" },
        });
    }
}
