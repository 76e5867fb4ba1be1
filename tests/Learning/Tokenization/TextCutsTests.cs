using CsCheck;
using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Tests.Tokenization;

/// <summary>Long texts are encoded in parts, and give the same ids.</summary>
public sealed class TextCutsTests
{
    private static readonly string[] _pieces =
    [
        "word", " and", "\n", "\r\n", " \n", "\t", "  ", "7", "123", ".", "'s", "'", "é", "e\u0301", "😀", "<think>", "<|im_end|>", "A\nb", "\n\n", "\n1", "\n\u0301", "\u2028", "!\n", "\u00a0",
    ];

    [Theory]
    [InlineData("gpt2-bpe")]
    [InlineData("llama3-bpe")]
    [InlineData("qwen-bpe")]
    [InlineData("digits-bpe")]
    [InlineData("smollm2")]
    public void Encode_TextOfManyParts_GivesTheIdsOfTheWhole(string name)
    {
        var tokenizer = TokenizerOracle.Load(name);
        var whole = new NativeTokenizer(TokenizerVariant.Bare(tokenizer.File), name);
        var cuts = TextCuts.For(tokenizer.File);
        Assert.NotNull(cuts);
        Gen.Int[0, _pieces.Length - 1].Array[9_000, 12_000].Sample(
            picks =>
            {
                var text = string.Concat(picks.Select(i => _pieces[i]));
                Assert.True(cuts.Cut(text).Count() > 1);
                Assert.Equal(text, string.Concat(cuts.Cut(text)));
                Assert.Equal(whole.Encode(text), tokenizer.Encode(text, addSpecial: false));
            },
            iter: 8, threads: 1);
    }

    [Theory]
    [InlineData("llama2-bpe")]
    [InlineData("unigram")]
    [InlineData("wordpiece")]
    public void For_TokenizerWhoseSplitsAreNotKnown_GivesNone(string name) => Assert.Null(TextCuts.For(TokenizerOracle.Load(name).File));
}
