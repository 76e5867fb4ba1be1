using Ptune.Learning.Models.Language;
using Ptune.Learning.Tests.Models.HuggingFace;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Models.Language;

public sealed class KeyValueCacheTests
{
    private const double _tolerance = 2e-5;

    public static TheoryData<string> Names => [.. HfFixture.Decoders];

    [Theory]
    [MemberData(nameof(Names))]
    public void Hidden_StepByStep_EqualsTheFullPass(string name)
    {
        using var fixture = new HfFixture(name);
        using var model = fixture.Decoder();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Tensor tokens = fixture["input_ids"], mask = fixture["attention_mask"];
        long length = tokens.shape[1];
        using var cache = model.NewCache(tokens.shape[0], length);
        var states = new List<Tensor>();
        // A prompt of several tokens, a piece of several more, then one at a time; positions are those of each row's own text.
        foreach (var (start, count) in Pieces(length))
        {
            var whole = SequenceLayout.Padded(mask.narrow(1, 0, start + count));
            var piece = new SequenceLayout(whole.Positions.narrow(1, start, count), whole.Real?.narrow(1, start, count), null, whole.Longest);
            states.Add(model.Hidden(tokens.narrow(1, start, count), piece, cache));
        }

        var stepped = cat([.. states], 1) * mask.unsqueeze(-1);
        TensorAssert.Near(name == "llama-dynamic" ? Reread(model, tokens, mask) : fixture["hidden"], stepped, _tolerance, name);
    }

    [Fact]
    public void Extend_BeyondItsRoom_IsRefused()
    {
        using var fixture = new HfFixture("gpt2");
        using var model = fixture.Decoder();
        using var cache = model.NewCache(1, 2);
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => model.Hidden(zeros([1, 3], ScalarType.Int64), SequenceLayout.Of(zeros(1, 3)), cache));
    }

    // Dynamic scaling turns every token anew when the text grows: each state is that of the pass which ends there.
    private static Tensor Reread(Decoder model, Tensor tokens, Tensor mask) => cat(
        [.. Pieces(tokens.shape[1]).Select(piece => model.Hidden(tokens.narrow(1, 0, piece.Start + piece.Count), SequenceLayout.Padded(mask.narrow(1, 0, piece.Start + piece.Count)))
            .narrow(1, piece.Start, piece.Count))],
        1) * mask.unsqueeze(-1);

    private static IEnumerable<(long Start, long Count)> Pieces(long length)
    {
        const long prompt = 7, more = 4;
        yield return (0, prompt);
        yield return (prompt, more);
        for (long at = prompt + more; at < length; at++) yield return (at, 1);
    }
}
