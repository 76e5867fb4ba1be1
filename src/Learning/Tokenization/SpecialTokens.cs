using System.Text.Json;

namespace Ptune.Learning.Tokenization;

/// <summary>A tokenizer's special tokens by their names.</summary>
/// <param name="Named">The tokens.</param>
/// <param name="Notes">What is unusual.</param>
internal sealed record SpecialTokens(IReadOnlyDictionary<string, string> Named, IReadOnlyList<string> Notes)
{
    private static readonly string[] _names = ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];

    /// <exception cref="TokenizerException">The token that ends a text is not in the vocabulary.</exception>
    public static SpecialTokens Read(string folder, Tokenizer tokenizer)
    {
        using var config = ConfigFile.Read(folder, "tokenizer_config.json");
        using var map = ConfigFile.Read(folder, "special_tokens_map.json");
        var named = new Dictionary<string, string>();
        Take(config.Root, named);
        // transformers reads the older file only where the newer one does not list the added tokens, and then it wins.
        if (map.Exists && TokenizerFile.Member(config.Root, "added_tokens_decoder") is null) Take(map.Root, named);
        return new SpecialTokens(named, [.. Check(config.Root, named, tokenizer)]);
    }

    private static void Take(JsonElement file, Dictionary<string, string> named)
    {
        foreach (var member in file.EnumerateObject())
        {
            if (!_names.Contains(member.Name)) continue;
            if (TextOf(member.Value) is { } text) named[member.Name] = text;
        }
    }

    // A token is a text or an object with its content.
    private static string? TextOf(JsonElement token) => token.ValueKind switch
    {
        JsonValueKind.String => token.GetString(),
        JsonValueKind.Object when token.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String => content.GetString(),
        _ => null,
    };

    private static IEnumerable<string> Check(JsonElement config, Dictionary<string, string> named, Tokenizer tokenizer)
    {
        foreach (var (name, token) in named.Where(n => tokenizer.IdOf(n.Value) is null))
        {
            if (name == "eos_token") throw new TokenizerException($"The eos_token '{token}' is not in the vocabulary of tokenizer.json: no text could end. transformers would add it as a new id, beyond the model's rows.");
            yield return $"The {name} '{token}' is not in the vocabulary of tokenizer.json, which counts.";
        }
        if (TokenizerFile.Member(config, "added_tokens_decoder") is { ValueKind: JsonValueKind.Object } listed)
        {
            foreach (var entry in listed.EnumerateObject())
            {
                if (TextOf(entry.Value) is not { } token || tokenizer.IdOf(token) is not null) continue;
                if (int.TryParse(entry.Name, out var id) && id < tokenizer.Size && tokenizer.File.Tokens[id] is { } other)
                    throw new TokenizerException($"tokenizer_config.json gives the id {id} to '{token}', and tokenizer.json to '{other}'.");
                yield return $"tokenizer_config.json lists the token '{token}', which tokenizer.json lacks.";
            }
        }
        if (named.TryGetValue("bos_token", out var bos) && TokenizerFile.Member(config, "add_bos_token") is { } flag && flag.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            var adds = tokenizer.IdOf(bos) is { } id && tokenizer.File.Frame.Before.Contains(id);
            if (adds != flag.GetBoolean()) yield return $"add_bos_token is {(adds ? "false" : "true")}, yet tokenizer.json {(adds ? "adds" : "does not add")} '{bos}'; tokenizer.json counts.";
        }
    }
}
