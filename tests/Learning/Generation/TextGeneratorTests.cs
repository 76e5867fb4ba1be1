using System.Text.Json;
using Ptune.Learning.Generation;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tests.Models.HuggingFace;

namespace Ptune.Learning.Tests.Generation;

public sealed class TextGeneratorTests
{
    // Below this the best two tokens are so near that rounding may choose otherwise.
    private const double _decided = 1e-3;

    public static TheoryData<string> Names => [.. HfFixture.Decoders.Where(name => File.Exists(Path.Combine(new HfFixture(name).Folder, "generation.json")))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Generate_Greedy_GivesTransformersIds(string name)
    {
        Compare(name, "greedy", 1, []);
        Compare(name, "repetition_penalty_1.3", 1.3, []);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Generate_SeveralEndTokens_EndEachRowAtItsOwn(string name)
    {
        using var fixture = new HfFixture(name);
        using var file = Open(fixture);
        Compare(name, "eos", 1, Ids(file.RootElement.GetProperty("eos").GetProperty("eos_token_id")));
    }

    [Theory]
    [InlineData("llama-gqa-llama3")]
    [InlineData("mistral-sliding")]
    [InlineData("gpt2")]
    public void Generate_Drawn_DoesNotDependOnTheBatch(string name)
    {
        using var fixture = new HfFixture(name);
        using var model = fixture.Decoder();
        using var scorer = new ModelScorer(model);
        var request = new GenerationRequest
        {
            Prompts = [[3, 4, 5, 6, 7], [8, 9], [10, 11, 12], [13]],
            MaxTokens = 12,
            Sampling = new SamplingOptions { Temperature = 0.8, TopK = 20, TopP = 0.9, Seed = 3 },
        };
        var together = new TextGenerator(scorer).Generate(request);
        var alone = new TextGenerator(scorer).Generate(request with { Batch = 1 });
        var other = new TextGenerator(scorer).Generate(request with { Sampling = request.Sampling with { Seed = 4 } });
        Assert.Equal(together.Select(text => text.Ids), alone.Select(text => text.Ids));
        Assert.NotEqual(together.Select(text => text.Ids), other.Select(text => text.Ids));
    }

    [Fact]
    public void Generate_StoppedByItsReader_EndsThere()
    {
        using var fixture = new HfFixture("gpt2");
        using var model = fixture.Decoder();
        using var scorer = new ModelScorer(model);
        int read = 0;
        var text = new TextGenerator(scorer).Generate(new GenerationRequest { Prompts = [[3, 4]], MaxTokens = 10, OnToken = (_, _) => ++read == 4 })[0];
        Assert.Equal((4, FinishReason.Stop), (text.Ids.Count, text.Finish));
    }

    [Theory]
    [InlineData(new long[0], 1, "empty")]
    [InlineData(new long[] { 3, 400 }, 1, "400")]
    [InlineData(new long[] { 3, -1 }, 1, "-1")]
    [InlineData(new long[] { 3 }, 0, "max-tokens")]
    [InlineData(new long[] { 3 }, 64, "64")]
    public void Generate_WhatCannotBeContinued_IsRefused(long[] prompt, long most, string named)
    {
        using var fixture = new HfFixture("gpt2");
        using var model = fixture.Decoder();
        using var scorer = new ModelScorer(model);
        var error = Assert.Throws<LearningException>(() => new TextGenerator(scorer).Generate(new GenerationRequest { Prompts = [prompt], MaxTokens = most }));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    private static void Compare(string name, string key, double penalty, long[] ends)
    {
        using var fixture = new HfFixture(name);
        using var file = Open(fixture);
        var root = file.RootElement;
        var expected = root.GetProperty(key);
        Assert.True(expected.GetProperty("smallestGap").GetDouble() > _decided, $"{name} {key}: the fixture itself is undecided");
        var masks = root.GetProperty("attention_mask").EnumerateArray().Select(Ids).ToList();
        var prompts = root.GetProperty("prompt_ids").EnumerateArray().Select((row, at) => Ids(row).Where((_, column) => masks[at][column] == 1).ToArray()).ToList();
        using var model = fixture.Decoder();
        using var scorer = new ModelScorer(model);
        var texts = new TextGenerator(scorer).Generate(new GenerationRequest
        {
            Prompts = prompts,
            MaxTokens = root.GetProperty("max_new_tokens").GetInt64(),
            Sampling = new SamplingOptions { RepetitionPenalty = penalty },
            Ends = ends,
        });
        foreach (var (row, wanted) in expected.GetProperty("ids").EnumerateArray().Select(Ids).Index())
        {
            // The original library pads a row that has ended.
            int end = Array.FindIndex(wanted, id => ends.Contains(id));
            Assert.Equal(end < 0 ? wanted : wanted[..(end + 1)], texts[row].Ids);
            Assert.Equal(end < 0 ? FinishReason.Length : FinishReason.Eos, texts[row].Finish);
        }
    }

    private static JsonDocument Open(HfFixture fixture) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(fixture.Folder, "generation.json")));

    private static long[] Ids(JsonElement ids) => [.. ids.EnumerateArray().Select(id => id.GetInt64())];
}
