using Ptune.Contracts.Estimates;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.Vision;

/// <summary>How an image is cut into square patches.</summary>
/// <param name="Size">The image's side in pixels.</param>
/// <param name="Patch">A patch's side in pixels.</param>
/// <param name="Channels">Of a pixel.</param>
internal sealed record PatchGrid(long Size, long Patch, long Channels)
{
    /// <summary>How many patches an image has.</summary>
    public long Count => Size / Patch * (Size / Patch);

    /// <summary>What a transformer with a class token reads of an image.</summary>
    public ImageShape Shape => new(1 + Count, Channels * Size * Size);

    /// <summary>Images [B, channels, size, size] -> [B, patches, d], row by row.</summary>
    /// <exception cref="LearningException">The images have another size.</exception>
    public Tensor Embed(Tensor images, Tensor weight, Tensor? bias)
    {
        if (images.dim() != 4 || images.shape[1] != Channels || images.shape[2] != Size || images.shape[3] != Size)
            throw new LearningException($"The model reads images of [{Channels}, {Size}, {Size}], and these are [{string.Join(", ", images.shape[1..])}].");
        return Convolution.Apply(images, weight, bias, stride: Patch).flatten(2).transpose(1, 2);
    }
}
