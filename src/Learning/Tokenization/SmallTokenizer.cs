using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Learning.Formats;

namespace Ptune.Learning.Tokenization;

/// <summary>
/// The tokenizer of a new model: a published one, or its first part. Merges of byte-pair encoding are ordered, so the letters of single bytes and
/// the first merges are a tokenizer, too, with the same pre-tokenizer. Its control tokens are left out but for the one that ends a text.
/// </summary>
internal static class SmallTokenizer
{
    private const string _file = "tokenizer.json";
    private const string _config = "tokenizer_config.json";

    private static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes <c>tokenizer.json</c> and <c>tokenizer_config.json</c>.</summary>
    /// <param name="published">The published tokenizer.json.</param>
    /// <param name="vocabulary">Entries to keep, the end of a text included; null: all, as they are.</param>
    /// <param name="end">The token that ends a text.</param>
    /// <param name="folder">Gets the files.</param>
    /// <exception cref="TokenizerException">It is no tokenizer of byte-pair encoding over bytes, has fewer entries, or its merges are not ordered.</exception>
    public static void Write(string published, int? vocabulary, string end, string folder)
    {
        byte[] bytes = StoredFile.ReadBytes(published);
        if (vocabulary is { } entries) bytes = JsonSerializer.SerializeToUtf8Bytes(Cut(published, bytes, entries, end), _json);
        AtomicFile.Write(Path.Combine(folder, _file), stream => stream.Write(bytes));
        var config = new JsonObject { ["eos_token"] = end, ["pad_token"] = end, ["tokenizer_class"] = "PreTrainedTokenizerFast" };
        AtomicFile.Write(Path.Combine(folder, _config), stream => stream.Write(JsonSerializer.SerializeToUtf8Bytes(config, _json)));
    }

    private static JsonObject Cut(string path, byte[] bytes, int entries, string end)
    {
        try
        {
            var root = JsonNode.Parse(bytes)!.AsObject();
            var model = root["model"]!.AsObject();
            if ((string?)model["type"] is not (null or "BPE") || model["merges"] is not JsonArray merges) throw new TokenizerException($"{path} is not a tokenizer of byte-pair encoding, so it has no first part. Leave 'vocabulary' out.");
            var (tokens, kept) = First(path, model["vocab"]!.AsObject(), merges, entries - 1);
            model["vocab"] = new JsonObject(tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)JsonValue.Create(id))));
            model["merges"] = new JsonArray([.. kept]);
            root["added_tokens"] = new JsonArray(new JsonObject
            {
                ["id"] = tokens.Count,
                ["content"] = end,
                ["single_word"] = false,
                ["lstrip"] = false,
                ["rstrip"] = false,
                ["normalized"] = false,
                ["special"] = true,
            });
            root["post_processor"] = null;
            return root;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new TokenizerException($"{path} is not a whole tokenizer.json: {e.Message}", e);
        }
    }

    private static (List<string> Tokens, List<JsonNode> Merges) First(string path, JsonObject vocabulary, JsonArray merges, int count)
    {
        var letters = ByteLevelAlphabet.Letters.Select(letter => letter.ToString()).ToList();
        if (letters.FirstOrDefault(letter => !vocabulary.ContainsKey(letter)) is not null) throw new TokenizerException($"{path} has no entry for some bytes: it is not a byte-level tokenizer, so it has no first part. Leave 'vocabulary' out.");
        var tokens = letters.OrderBy(letter => (int)vocabulary[letter]!).ToList();
        var known = tokens.ToHashSet(StringComparer.Ordinal);
        var kept = new List<JsonNode>();
        foreach (var merge in merges)
        {
            if (tokens.Count >= count) break;
            var (left, right) = Pair(merge!);
            if (!known.Contains(left) || !known.Contains(right)) throw new TokenizerException($"{path}: merge {kept.Count + 1} joins a token that only a later merge makes: its merges are not ordered, so it has no first part.");
            kept.Add(merge!.DeepClone());
            if (known.Add(left + right)) tokens.Add(left + right);
        }

        return tokens.Count == count ? (tokens, kept) : throw new TokenizerException($"{path} has {tokens.Count + 1} entries, and {count + 1} are asked for. Lower 'vocabulary'.");
    }

    // "a b" in older files, ["a", "b"] in newer ones.
    private static (string Left, string Right) Pair(JsonNode merge)
    {
        if (merge is JsonArray { Count: 2 } pair) return ((string)pair[0]!, (string)pair[1]!);
        string[] parts = ((string)merge!).Split(' ');
        return parts.Length == 2 ? (parts[0], parts[1]) : throw new InvalidOperationException($"the merge '{merge}' is not two tokens");
    }
}
