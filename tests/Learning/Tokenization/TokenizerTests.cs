using System.Text.Json;
using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Tests.Tokenization;

/// <summary>Ids, tokens and decoded texts, against Hugging Face's library.</summary>
public sealed class TokenizerTests
{
    [Theory]
    [InlineData("cases.json", 1005)]
    [InlineData("real-cases.json", 823)]
    public void Encode_EveryText_GivesTheLibrarysIdsTokensAndTexts(string file, int count)
    {
        var wrong = new List<string>();
        var cases = TokenizerOracle.Cases(file, "cases");
        Assert.Equal(count, cases.Count);
        foreach (var item in cases)
        {
            var name = $"{item.GetProperty("tokenizer")}, {item.GetProperty("name")}";
            var tokenizer = TokenizerOracle.Load(TokenizerOracle.Text(item, "tokenizer"));
            var (text, ids, full) = (TokenizerOracle.Text(item, "text"), TokenizerOracle.Ids(item), TokenizerOracle.Ids(item, "ids_with_special"));
            if (!tokenizer.Encode(text, addSpecial: false).SequenceEqual(ids)) wrong.Add($"{name}: ids");
            if (!tokenizer.Encode(text).SequenceEqual(full)) wrong.Add($"{name}: ids with special ones");
            if (item.GetProperty("tokens") is { ValueKind: JsonValueKind.Array } tokens && !SameTokens(tokenizer, text, ids, [.. tokens.EnumerateArray().Select(t => t.GetString()!)])) wrong.Add($"{name}: tokens");
            if (tokenizer.Decode(full, keepSpecial: true) != TokenizerOracle.Text(item, "decoded")) wrong.Add($"{name}: decoded");
            if (tokenizer.Decode(full) != TokenizerOracle.Text(item, "decoded_skip_special")) wrong.Add($"{name}: decoded without special ones");
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} differ:\n{string.Join("\n", wrong.Take(30))}");
    }

    [Theory]
    [InlineData("user-text-cases.json", 160)]
    [InlineData("real-user-text-cases.json", 136)]
    public void EncodeText_ControlTokensInAText_StayTextOrAreRefused(string file, int count)
    {
        var wrong = new List<string>();
        var cases = TokenizerOracle.Cases(file, "cases");
        Assert.Equal(count, cases.Count);
        foreach (var item in cases)
        {
            var tokenizer = TokenizerOracle.Load(TokenizerOracle.Text(item, "tokenizer"));
            var text = TokenizerOracle.Text(item, "text");
            var name = $"{item.GetProperty("tokenizer")}, '{text}'";
            if (!tokenizer.Encode(text, addSpecial: false).SequenceEqual(TokenizerOracle.Ids(item, "ids_default"))) wrong.Add($"{name}: default ids");
            if (item.TryGetProperty("refuse", out _))
            {
                if (Record.Exception(() => tokenizer.EncodeText(text)) is not TokenizerException) wrong.Add($"{name}: is not refused");
            }
            else if (!tokenizer.EncodeText(text).SequenceEqual(TokenizerOracle.Ids(item))) wrong.Add($"{name}: ids as text");
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} differ:\n{string.Join("\n", wrong.Take(30))}");
    }

    // Letters that a Unigram vocabulary lacks are shown as they are in the text, or, where its normalizer has changed the text, by the name of the unknown token. An added token that
    // is looked for in normalized text is shown as the file writes it.
    private static bool SameTokens(Tokenizer tokenizer, string text, int[] ids, string[] expected) =>
        tokenizer.TokensOf(text, ids).Select((token, at) => token == expected[at] || (IsNamed(tokenizer, ids[at]) && token == tokenizer.TokenOf(ids[at]))).All(same => same);

    private static bool IsNamed(Tokenizer tokenizer, int id) => tokenizer.File.UnknownId == id || tokenizer.Added.Any(a => a.Id == id && a.IsNormalized);

    [Fact]
    public void EncodePair_EveryPair_GivesTheLibrarysIdsAndTypes()
    {
        foreach (var item in TokenizerOracle.Cases("other-cases.json", "pairs"))
        {
            var (ids, types) = TokenizerOracle.Load(TokenizerOracle.Text(item, "tokenizer")).EncodePair(TokenizerOracle.Text(item, "text"), TokenizerOracle.Text(item, "pair"));
            Assert.Equal(TokenizerOracle.Ids(item, "ids_with_special"), ids);
            Assert.Equal(TokenizerOracle.Ids(item, "type_ids"), types);
        }
    }

    [Fact]
    public void Encode_FileWithTruncationAndPadding_NeitherCutsNorPads()
    {
        foreach (var item in TokenizerOracle.Cases("other-cases.json", "cut_and_padded"))
            Assert.Equal(TokenizerOracle.Ids(item, "ids_with_special"), TokenizerOracle.Load("cut-and-padded").Encode(TokenizerOracle.Text(item, "text")));
    }

    [Fact]
    public void Decode_AddedTokenOfLatinLetters_GivesItsOwnText()
    {
        var file = JsonSerializer.Deserialize<System.Text.Json.Nodes.JsonObject>(File.ReadAllText(TokenizerOracle.PathOf("gpt2-bpe/tokenizer.json")))!;
        var cases = TokenizerOracle.Cases("other-cases.json", "latin_letters");
        var next = TokenizerOracle.Load("gpt2-bpe").Size;
        foreach (var word in new[] { "Größe", "<ż>", "<日>" })
            ((System.Text.Json.Nodes.JsonArray)file["added_tokens"]!).Add(new System.Text.Json.Nodes.JsonObject { ["id"] = next++, ["content"] = word, ["single_word"] = false, ["lstrip"] = false, ["rstrip"] = false, ["normalized"] = false, ["special"] = false });
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "tokenizer.json");
        File.WriteAllText(path, file.ToJsonString());
        var tokenizer = Tokenizer.Load(path);
        foreach (var item in cases)
        {
            Assert.Equal(TokenizerOracle.Ids(item), tokenizer.Encode(TokenizerOracle.Text(item, "text")));
            Assert.Equal(TokenizerOracle.Text(item, "right"), tokenizer.Decode(TokenizerOracle.Ids(item)));
        }
    }
}
