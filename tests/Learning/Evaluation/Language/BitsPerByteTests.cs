using Ptune.Learning.Evaluation.Language;
using Ptune.Learning.Tests.Tuning.Courses;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Evaluation.Language;

public sealed class BitsPerByteTests
{
    public static TheoryData<int> Windows => [.. Enumerable.Range(0, JudgingFixture.Harness["windows"]!.AsArray().Count)];

    public static TheoryData<int> Strides => [.. Enumerable.Range(0, JudgingFixture.Language["bitsPerByte"]!["windows"]!.AsArray().Count)];

    [Theory]
    [MemberData(nameof(Windows))]
    public void Of_TokensLengthContext_AreTheHarnesssWindows(int number)
    {
        var item = JudgingFixture.Harness["windows"]![number]!;
        int tokens = item["tokens"]!.GetValue<int>();

        var windows = RollingWindows.Of([.. Enumerable.Range(1, tokens)], prefix: 0, item["length"]!.GetValue<int>(), item["context"]!.GetValue<int>());

        var expected = item["windows"]!.AsArray();
        Assert.Equal(expected.Count, windows.Count);
        foreach (var (theirs, ours) in expected.Zip(windows))
        {
            Assert.Equal(theirs![0].Ints(), ours.Ids[..^1]);
            Assert.Equal(theirs[1].Ints(), ours.Ids[^ours.Scored..]);
        }
    }

    [Theory]
    [MemberData(nameof(Strides))]
    public void Of_StridedWindows_ArePyTorchsNats(int number)
    {
        var facts = JudgingFixture.Language["bitsPerByte"]!;
        var expected = facts["windows"]![number]!;
        using var model = JudgingFixture.Source();
        var windows = RollingWindows.Strided(facts["ids"].Ints(), expected["window"]!.GetValue<int>(), expected["stride"]!.GetValue<int>());

        var found = BitsPerByte.Of(new SequenceScorer(new LanguageNetwork(model), pad: 0), [(windows, facts["bytes"]!.GetValue<long>())])[0];

        double nats = expected["nats"]!.GetValue<double>();
        Assert.Equal(nats, found.Nats, 1e-5 * nats);
        Assert.Equal(expected["tokens"]!.GetValue<long>(), found.Tokens);
        Assert.Equal(expected["bitsPerByte"]!.GetValue<double>(), found.Value, 1e-5 * found.Value);
    }

    /// <summary>A window reads as many tokens as the model has learnt positions for, and scores one more.</summary>
    [Fact]
    public void Of_WindowAsLongAsTheContext_IsScoredByLearntPositions()
    {
        using var model = Course.Frozen("transfer/target-gpt2");
        int[] ids = [.. Enumerable.Range(0, 100).Select(token => token * 7 % 96)];

        var found = BitsPerByte.Of(new SequenceScorer(new LanguageNetwork(model), pad: 0), [(RollingWindows.Of(ids, 1, (int)model.Context), 100), (RollingWindows.Of(ids, 1, (int)model.Context - 1), 100)]);

        Assert.Equal((40, 100, 100), (model.Context, found[0].Tokens, found[1].Tokens));
        // The first window of both begins alike, so that what both score is the same.
        var first = BitsPerByte.Of(new SequenceScorer(new LanguageNetwork(model), pad: 0), [(RollingWindows.Of(ids[..39], 1, 39), 39), (RollingWindows.Of(ids[..40], 1, 40), 40)]);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var read = tensor(ids[..39].Prepend(1).Select(id => (long)id).ToArray(), [1, 40], ScalarType.Int64);
        var last = model.Logits(read, Learning.Models.Language.SequenceLayout.Of(read))[0, 39].log_softmax(-1)[ids[39]].item<float>();
        Assert.Equal(first[0].Nats - last, first[1].Nats, 1e-4);
    }

    [Fact]
    public void Sum_OfTexts_WeighsByBytes()
    {
        var sum = BitsPerByte.Sum([new BitsPerByte(Math.Log(2) * 10, 10, 4), new BitsPerByte(Math.Log(2) * 90, 30, 6)]);

        Assert.Equal(2.5, sum.Value, 1e-12);
        Assert.Equal(Math.Pow(2, 2.5), sum.BytePerplexity, 1e-12);
        Assert.Equal(10, sum.Tokens);
        Assert.Throws<LearningException>(() => BitsPerByte.Sum([]));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(4, 0)]
    [InlineData(4, 5)]
    public void Of_NoSuchWindow_IsRefused(int length, int context) => Assert.Throws<LearningException>(() => RollingWindows.Of([1, 2, 3], 0, length, context));

    [Theory]
    [InlineData(4, 0)]
    [InlineData(4, 4)]
    public void Strided_NoSuchStride_IsRefused(int length, int stride) => Assert.Throws<LearningException>(() => RollingWindows.Strided([1, 2, 3], length, stride));

    [Fact]
    public void Of_EmptyText_IsRefusedByItsNumber()
    {
        using var model = JudgingFixture.Source();
        var scorer = new SequenceScorer(new LanguageNetwork(model), pad: 0);
        var windows = RollingWindows.Of([5, 6], 1, 8);

        var error = Assert.Throws<LearningException>(() => BitsPerByte.Of(scorer, [(windows, 3), (RollingWindows.Of([], 1, 8), 0)]));

        Assert.Contains("Text 2", error.Message, StringComparison.Ordinal);
        Assert.Empty(BitsPerByte.Of(scorer, []));
    }
}
