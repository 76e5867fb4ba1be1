using Ptune.Learning.Models.Language;
using Ptune.Learning.Tests.Models.HuggingFace;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Models.Language;

/// <summary>Decoders compute what transformers does.</summary>
public sealed class DecoderOracleTests
{
    // A wrong epsilon gives 4e-5.
    private const double _tolerance = 2e-5;

    public static TheoryData<string> Names => [.. HfFixture.Decoders];

    [Theory]
    [MemberData(nameof(Names))]
    public void Logits_TransformersWeights_AreTransformersLogits(string name)
    {
        using var fixture = new HfFixture(name);
        using var model = fixture.Decoder();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var mask = fixture["attention_mask"];
        var hidden = model.Hidden(fixture["input_ids"], SequenceLayout.Padded(mask));
        TensorAssert.Near(fixture["hidden"], hidden * mask.unsqueeze(-1), _tolerance, "hidden");
        TensorAssert.Near(fixture["logits"], model.Head.Apply(hidden) * mask.unsqueeze(-1), _tolerance, "logits");
    }

    [Fact]
    public void Logits_InBfloat16_AreAsNearAsPyTorchs()
    {
        using var fixture = new HfFixture("llama-tied-bf16-sharded");
        using var model = fixture.Decoder(ScalarType.BFloat16);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var mask = fixture["attention_mask"];
        var logits = model.Logits(fixture["input_ids"], SequenceLayout.Padded(mask)) * mask.unsqueeze(-1);
        Assert.Equal(ScalarType.BFloat16, logits.dtype);
        double theirs = TensorAssert.Difference(fixture["logits"], fixture["logits_bf16"]);
        TensorAssert.Near(fixture["logits"], logits, 2 * theirs, "logits");
    }
}
