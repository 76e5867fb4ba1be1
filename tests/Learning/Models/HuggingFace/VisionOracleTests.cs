using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Vision;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Models.HuggingFace;

/// <summary>Hugging Face's vision models compute what transformers does.</summary>
public sealed class VisionOracleTests
{
    private const double _tolerance = 2e-5;

    [Fact]
    public void Vit_TransformersWeights_GivesTransformersLogits()
    {
        using var fixture = new HfFixture("vit");
        using var model = (HfVit)PretrainedFolder.Open(fixture.Folder).Network(ScalarType.Float32, CPU);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        TensorAssert.Near(fixture["logits"], model.Forward(fixture["pixel_values"]), _tolerance, "logits");
    }

    [Theory]
    [InlineData("clip")]
    [InlineData("clip-old-end")]
    public void Clip_TransformersWeights_GivesTransformersEmbeddingsAndLogits(string name)
    {
        using var fixture = new HfFixture(name);
        using var model = (Clip)PretrainedFolder.Open(fixture.Folder).Network(ScalarType.Float32, CPU);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (images, texts) = (model.Images(fixture["pixel_values"]), model.Texts(fixture["input_ids"]));
        TensorAssert.Near(fixture["image_embeds"], images, _tolerance, "image_embeds");
        TensorAssert.Near(fixture["text_embeds"], texts, _tolerance, "text_embeds");
        TensorAssert.Near(fixture["logits_per_image"], model.Logits(images, texts), _tolerance, "logits_per_image");
    }

    [Fact]
    public void Vit_ImagesOfAnotherSize_AreRefused()
    {
        using var fixture = new HfFixture("vit");
        using var model = (HfVit)PretrainedFolder.Open(fixture.Folder).Network(ScalarType.Float32, CPU);
        using var images = zeros(1, 3, 16, 20);
        Assert.Contains("[3, 16, 20]", Assert.Throws<LearningException>(() => model.Forward(images)).Message, StringComparison.Ordinal);
    }
}
