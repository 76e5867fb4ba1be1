using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Tests.Tokenization;

/// <summary>Text that is shown while its ids still come.</summary>
public sealed class TextStreamTests
{
    [Theory]
    [InlineData("stream-cases.json", 111)]
    [InlineData("real-stream-cases.json", 92)]
    public void Add_IdById_ShowsWholeCharactersOnlyAndAllOfThemAtTheEnd(string file, int count)
    {
        var cases = TokenizerOracle.Cases(file, "streaming");
        Assert.Equal(count, cases.Count);
        foreach (var item in cases)
        {
            var name = $"{item.GetProperty("tokenizer")}, {item.GetProperty("name")}";
            var stream = TokenizerOracle.Load(TokenizerOracle.Text(item, "tokenizer")).Stream();
            var shown = "";
            foreach (var (id, most) in TokenizerOracle.Ids(item).Zip(item.GetProperty("shown").EnumerateArray(), (id, most) => (id, most.GetString()!)))
            {
                shown += stream.Add(id);
                Assert.True(most.StartsWith(shown, StringComparison.Ordinal), $"{name}: shows '{shown}' where at most '{most}' is complete");
            }
            shown += stream.Finish();
            var final = item.TryGetProperty("note", out var note) && note.GetString()!.Contains("leave the rest", StringComparison.Ordinal)
                ? item.GetProperty("shown").EnumerateArray().Last().GetString()! : TokenizerOracle.Text(item, "final");
            Assert.True(final == shown, $"{name}: '{shown}' instead of '{final}'");
        }
    }

    [Theory]
    [InlineData("stream-cases.json")]
    [InlineData("real-stream-cases.json")]
    public void Follow_Prompt_AnswerKeepsItsFirstSpace(string file)
    {
        foreach (var item in TokenizerOracle.Cases(file, "continuations"))
        {
            var stream = TokenizerOracle.Load(TokenizerOracle.Text(item, "tokenizer")).Stream();
            stream.Follow(TokenizerOracle.Ids(item, "prompt_ids"));
            Assert.Equal(TokenizerOracle.Text(item, "text"), string.Concat(TokenizerOracle.Ids(item).Select(stream.Add)) + stream.Finish());
        }
    }

    [Theory]
    [InlineData("stream-cases.json")]
    [InlineData("real-stream-cases.json")]
    public void Decode_BytesThatAreNoUtf8_GivesTheLibrarysText(string file)
    {
        foreach (var item in TokenizerOracle.Cases(file, "ill_formed"))
            Assert.Equal(TokenizerOracle.Text(item, "decoded"), TokenizerOracle.Load(TokenizerOracle.Text(item, "tokenizer")).Decode(TokenizerOracle.Ids(item)));
    }
}
