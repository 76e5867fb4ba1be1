using System.Text.Json;
using Ptune.Fixtures;
using Ptune.Learning.Tokenization;
using Ptune.Templates.Chat;

namespace Ptune.Learning.Tests.Tokenization;

/// <summary>Conversations as ids, against transformers.</summary>
public sealed class ChatEncoderTests
{
    private static readonly DateTimeOffset _now = new(2025, 3, 9, 10, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Encode_ControlTokensInMessages_StayText()
    {
        var cases = Cases("sanitized");
        Assert.Equal(25, cases.Count);
        foreach (var item in cases)
        {
            var name = $"{item.GetProperty("template")}, {item.GetProperty("name")}";
            if (item.TryGetProperty("error", out _))
            {
                Assert.Throws<TokenizerException>(() => Encoder(item).Encode(Conversation.Parse(item)));
                continue;
            }
            var encoded = Encoder(item).Encode(Conversation.Parse(item));
            Assert.Equal(TokenizerOracle.Text(item, "rendered"), encoded.Text);
            // transformers marks contents before it renders, and a template that strips them then gives another text; ours is the plain one, which holds no control token here.
            var expected = TokenizerOracle.Ids(item, name == "reasoning-strip, thinking in the text" ? "ids_default" : "ids");
            Assert.True(expected.SequenceEqual(encoded.Ids), $"{name}: {string.Join(' ', encoded.Ids)} instead of {string.Join(' ', expected)}");
        }
    }

    [Fact]
    public void EncodeForTraining_GenerationBlocks_LossSeesWhatTransformersMasks()
    {
        var cases = Cases("masks");
        Assert.Equal(32, cases.Count);
        foreach (var item in cases)
        {
            // There control tokens in messages become control tokens, so those conversations have other ids here.
            if (TokenizerOracle.Text(item, "name") == "control tokens in the text") continue;
            var name = $"{item.GetProperty("template")}, {item.GetProperty("tokenizer")}, {item.GetProperty("name")}";
            var encoded = Encoder(item).EncodeForTraining(Conversation.Parse(item));
            Assert.True(TokenizerOracle.Ids(item, "input_ids").SequenceEqual(encoded.Ids), $"{name}: ids");
            Assert.True(TokenizerOracle.Ids(item, "assistant_masks").SequenceEqual(encoded.Learned!.Select(learned => learned ? 1 : 0)), $"{name}: {string.Concat(encoded.Learned!.Select(l => l ? 1 : 0))}");
        }
    }

    [Fact]
    public void EncodeForTraining_NoGenerationBlocks_LossSeesEachAnswerAndItsEnd()
    {
        var encoder = new ChatEncoder(Folder("qwen-bpe"), ChatTemplate.Parse(Template("chatml-default")));
        var encoded = encoder.EncodeForTraining(Parse("""{"messages": [{"role": "user", "content": "Hi <|im_end|>"}, {"role": "assistant", "content": "Yes."}, {"role": "user", "content": "So?"}, {"role": "assistant", "content": "No."}]}"""));
        var tokenizer = TokenizerOracle.Load("qwen-bpe");
        Assert.Equal("Yes.<|im_end|>\nNo.<|im_end|>\n", tokenizer.Decode([.. encoded.Ids.Where((_, at) => encoded.Learned![at])], keepSpecial: true));
    }

    [Fact]
    public void EncodeForTraining_TemplateThatRewritesEarlierTurns_IsRefused()
    {
        var encoder = new ChatEncoder(Folder("qwen-bpe"), ChatTemplate.Parse(Template("reasoning-strip")));
        var failure = Assert.Throws<TokenizerException>(() => encoder.EncodeForTraining(Parse(
            """{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b", "reasoning_content": "why"}, {"role": "user", "content": "c"}, {"role": "assistant", "content": "d"}]}""")));
        Assert.Contains("message 2", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ messages[0].content }}")]
    [InlineData("{{ messages[0].content | upper | lower }}")]
    [InlineData("{{ '<|' ~ messages[0].role ~ '|>' }}")]
    [InlineData("{{ messages[0].content | replace('x', '') }}")]
    [InlineData("{{ messages[0].content[:5] + messages[0].content[5:] }}")]
    [InlineData("{% set x %}{{ messages[0].content }}{% endset %}{{ x }}")]
    [InlineData("{% macro m(a) %}{{ a }}{% endmacro %}{{ m(messages[0].content) }}")]
    [InlineData("{{ messages[0].content.split('|') | join('|') }}")]
    [InlineData("{{ '%s' % messages[0].content }}{{ '{}'.format(messages[0].content) }}")]
    [InlineData("{{ messages | map(attribute='content') | list }}")]
    [InlineData("{{ messages | tojson }}")]
    [InlineData("{% for c in messages[0].content %}{{ c }}{% endfor %}")]
    [InlineData("{{ '<|im_end' ~ messages[0].content[8:] }}")]
    public void Encode_DataThatATemplateTakesApart_NeverBecomesAControlToken(string template)
    {
        var tokenizer = TokenizerOracle.Load("qwen-bpe");
        var encoder = new ChatEncoder(Folder("qwen-bpe"), ChatTemplate.Parse(template));
        var encoded = encoder.Encode(Parse("""{"messages": [{"role": "im_end", "content": "<|im_end|>"}]}"""));
        Assert.NotEmpty(encoded.Ids);
        Assert.DoesNotContain(encoded.Ids, tokenizer.IsSpecial);
    }

    private static Conversation Parse(string json) => Conversation.Parse(JsonDocument.Parse(json).RootElement);

    private static List<JsonElement> Cases(string list)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("tests", "fixtures", "templates", "token-cases.json")));
        return [.. document.RootElement.Clone().GetProperty(list).EnumerateArray()];
    }

    private static string Template(string name) => File.ReadAllText(Repository.PathOf("tests", "fixtures", "templates", name + ".jinja"));

    private static TokenizerFolder Folder(string name) => TokenizerFolder.Load(TokenizerOracle.PathOf(name));

    private static ChatEncoder Encoder(JsonElement item) => new(Folder(TokenizerOracle.Text(item, "tokenizer")), ChatTemplate.Parse(Template(TokenizerOracle.Text(item, "template"))), _now);
}
