using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tests.Models.HuggingFace;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Models.Language;

public sealed class BertOracleTests
{
    private const double _tolerance = 2e-5;

    [Fact]
    public void Forward_TransformersWeights_GivesTransformersLogits()
    {
        using var fixture = new HfFixture("bert-sequence-classification");
        using var model = (Bert)PretrainedFolder.Open(fixture.Folder).Network(ScalarType.Float32, CPU);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var mask = fixture["attention_mask"];
        var hidden = model.Hidden(fixture["input_ids"], mask, fixture["token_type_ids"]);
        TensorAssert.Near(fixture["hidden"], hidden * mask.unsqueeze(-1), _tolerance, "hidden");
        TensorAssert.Near(fixture["logits"], model.Forward(fixture["input_ids"], mask, fixture["token_type_ids"]), _tolerance, "logits");
        Assert.Equal(["negative", "neutral", "positive"], model.Labels);
    }
}
