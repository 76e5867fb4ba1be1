using System.Text.Json;
using Ptune.Learning.Formats;

namespace Ptune.Learning.Tokenization;

/// <summary>A <c>tokenizer.json</c>, read for what the native library does not tell: tokens by id, what it adds around a text, and how it decodes.</summary>
internal sealed class TokenizerFile
{
    private static readonly JsonDocumentOptions _options = new() { MaxDepth = 256 };

    private TokenizerFile(string path, byte[] bytes, JsonElement root)
    {
        Path = path;
        Root = root;
        Bytes = bytes;
        Added = [.. ReadAdded()];
        Tokens = ReadTokens();
        Frame = TokenFrame.Read(this, Member("post_processor"));
    }

    public string Path { get; }

    public byte[] Bytes { get; }

    public JsonElement Root { get; }

    /// <summary>In the file's order.</summary>
    public IReadOnlyList<AddedToken> Added { get; }

    /// <summary>The token of each id; null where an id has none.</summary>
    public string?[] Tokens { get; }

    /// <summary>What stands around a text.</summary>
    public TokenFrame Frame { get; }

    /// <summary>BPE, Unigram, WordPiece or WordLevel.</summary>
    public string ModelType => Root.GetProperty("model").TryGetProperty("type", out var type) && type.GetString() is { } name
        ? name
        // The oldest files name no type.
        : Root.GetProperty("model").TryGetProperty("merges", out _) ? "BPE" : Root.GetProperty("model").TryGetProperty("unk_id", out _) ? "Unigram" : "WordPiece";

    /// <summary>The id of what the vocabulary lacks, where it is a number of a Unigram model.</summary>
    public int? UnknownId => Member(Root.GetProperty("model"), "unk_id")?.GetInt32();

    /// <summary>The tokens that text of a user must never become. A Unigram model's unknown token is what any text may become.</summary>
    public IEnumerable<AddedToken> Control => Added.Where(a => a.IsSpecial && a.Content.Length > 0 && a.Id != UnknownId);

    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="TokenizerException">It is no tokenizer's file, or one whose ids cannot be trusted.</exception>
    public static TokenizerFile Read(string path)
    {
        var bytes = StoredFile.ReadBytes(path);
        try
        {
            return new TokenizerFile(path, bytes, JsonDocument.Parse(bytes, _options).RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new TokenizerException($"{path} is not a whole tokenizer.json: {e.Message}", e);
        }
    }

    /// <summary>A member of the root; null where it is missing or null.</summary>
    public JsonElement? Member(string name) => Member(Root, name);

    public static JsonElement? Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The parts of a component that may be a sequence of others.</summary>
    public static IEnumerable<JsonElement> Parts(JsonElement? component, string list)
    {
        if (component is not { } own) return [];
        return Member(own, list) is { ValueKind: JsonValueKind.Array } parts ? parts.EnumerateArray().SelectMany(part => Parts(part, list)) : [own];
    }

    private IEnumerable<AddedToken> ReadAdded()
    {
        if (Member("added_tokens") is not { } list) yield break;
        foreach (var token in list.EnumerateArray())
        {
            yield return new AddedToken(
                token.GetProperty("id").GetInt32(), token.GetProperty("content").GetString()!, Flag(token, "special"), Flag(token, "normalized"), Flag(token, "lstrip"), Flag(token, "rstrip"));
        }
    }

    private static bool Flag(JsonElement token, string name) => token.TryGetProperty(name, out var flag) && flag.ValueKind == JsonValueKind.True;

    private string?[] ReadTokens()
    {
        var vocabulary = Root.GetProperty("model").GetProperty("vocab");
        var entries = vocabulary.ValueKind == JsonValueKind.Array
            ? vocabulary.EnumerateArray().Select((piece, id) => (Token: piece[0].GetString()!, Id: id)).ToList()
            : [.. vocabulary.EnumerateObject().Select(entry => (Token: entry.Name, Id: entry.Value.GetInt32()))];
        var highest = entries.Select(e => e.Id).Concat(Added.Select(a => a.Id)).DefaultIfEmpty(-1).Max();
        if (highest > 1 << 26 || entries.Any(e => e.Id < 0) || Added.Any(a => a.Id < 0)) throw new TokenizerException($"{Path} has ids that no vocabulary has: below 0 or above {1 << 26}.");
        var tokens = new string?[highest + 1];
        foreach (var (token, id) in entries) tokens[id] = token;
        foreach (var added in Added)
        {
            // The native library would give one of the two another id without a word, and the model's rows would no longer fit.
            if (tokens[added.Id] is { } other && other != added.Content)
                throw new TokenizerException($"{Path}: the added token '{added.Content}' has the id {added.Id}, which is the id of '{other}'.");
            tokens[added.Id] = added.Content;
        }
        return tokens;
    }
}
