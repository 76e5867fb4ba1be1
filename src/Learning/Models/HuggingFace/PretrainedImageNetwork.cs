using Ptune.Learning.Models.Vision;
using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>A checkpoint's network on the images of a data set, prepared as its folder says.</summary>
/// <param name="network">It belongs to this object from now on.</param>
/// <param name="preparation">What is made of an image.</param>
/// <param name="labels">How many.</param>
/// <param name="logits">Prepared images [batch, channels, size, size] -> [batch, labels].</param>
internal sealed class PretrainedImageNetwork(Network network, ImagePreparation preparation, int labels, Func<Tensor, Tensor> logits) : IImageNetwork
{
    private const float _halfRange = 127.5f;

    public int Labels { get; } = labels;

    public Network Network { get; } = network;

    /// <summary>A vision transformer with a classification head.</summary>
    public static PretrainedImageNetwork Of(HfVit vit, ImagePreparation preparation) => new(vit, preparation, vit.Config.Labels.Count, vit.Forward);

    /// <summary>CLIP with the texts of the labels as its head (arXiv 2103.00020, section 3.1).</summary>
    /// <param name="texts">Unit vectors [labels, space]; they must live as long as this object.</param>
    public static PretrainedImageNetwork Of(Clip clip, Tensor texts, ImagePreparation preparation) =>
        new(clip, preparation, (int)texts.shape[0], images => clip.Logits(clip.Images(images), texts));

    public Tensor Forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        // The bytes that they were: a preparation begins with them.
        var prepared = preparation.Apply(images.Times(_halfRange).AddInPlace(_halfRange).round_());
        return logits(prepared).MoveToOuterDisposeScope();
    }

    public void Dispose() => Network.Dispose();
}
