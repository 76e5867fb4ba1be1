using Ptune.Fixtures;
using Ptune.Learning.Generation;
using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Tests.Generation;

public sealed class AnswerTextTests
{
    [Theory]
    [InlineData("qwen-bpe", "one 🙂🙂 two", "🙂 t", "one 🙂")]
    [InlineData("llama2-bpe", "one 🙂🙂 two", "🙂 t", "one 🙂")]
    [InlineData("wordpiece", "one two one", "two", "one ")]
    public void Add_StopString_EndsTheTextWhateverTheDecoder(string tokenizer, string answer, string stop, string expected)
    {
        using var loaded = Load(tokenizer);
        var shown = new List<string>();
        var text = new AnswerText(loaded, [], [stop], [], shown.Add);
        foreach (int id in loaded.Encode(answer, addSpecial: false))
        {
            if (text.Add(id)) break;
        }

        Assert.Equal(expected, text.Finish());
        Assert.Equal(expected, string.Concat(shown));
        Assert.True(text.Stopped);
    }

    [Fact]
    public void Add_StopStringThatIsAControlToken_EndsTheTextAtThatToken()
    {
        using var loaded = Load("qwen-bpe");
        int[] ids = loaded.Encode("one<|im_start|>two<|im_end|>three");
        var text = new AnswerText(loaded, [], ["<|im_end|>"], [], null);
        Assert.Equal(loaded.IdOf("<|im_end|>"), ids[ids.TakeWhile(id => !text.Add(id)).Count()]);
        Assert.Equal("onetwo", text.Finish());
    }

    [Fact]
    public void Add_EndTokenThatIsAnOrdinaryPiece_IsNotPartOfTheText()
    {
        using var loaded = Load("qwen-bpe");
        int[] ids = loaded.Encode("one two");
        var text = new AnswerText(loaded, [], ["two"], [ids[^1]], null);
        Assert.DoesNotContain(true, ids.Select(id => text.Add(id)));
        Assert.Equal(loaded.Decode(ids[..^1]), text.Finish());
    }

    private static Tokenizer Load(string name) => Tokenizer.Load(Repository.PathOf("tests", "fixtures", "tokenizers", name, "tokenizer.json"));
}
