using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>
/// What a folder's <c>preprocessor_config.json</c> makes of an image before the model reads it: resized, its middle cut out, rescaled and normalized. Gray images
/// get the model's channels, all the same.
/// </summary>
/// <param name="Resize">To this height and width; null: it is not resized.</param>
/// <param name="IsShortest">Whether <paramref name="Resize"/> is the shorter side's length, and the other side keeps the shape.</param>
/// <param name="Filter">How it is resized.</param>
/// <param name="Crop">The middle that is kept; null: all. What is beyond an image is black.</param>
/// <param name="Factor">A pixel from 0 to 255 is multiplied by it.</param>
/// <param name="Mean">Of each channel, subtracted then; one for each channel.</param>
/// <param name="Deviation">Of each channel, divided by then.</param>
internal sealed record ImagePreparation(
    (int Height, int Width)? Resize, bool IsShortest, ResizeFilter Filter, (int Height, int Width)? Crop, double Factor, IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation)
{
    private const double _byte = 255;

    /// <summary>Gray images [B, 1, h, w], f32 from 0 to 255 in whole numbers -> [B, channels, ...], f32.</summary>
    public Tensor Apply(Tensor images)
    {
        using var scope = NewDisposeScope();
        int height = (int)images.shape[2], width = (int)images.shape[3];
        var x = images;
        if (Resize is { } size)
        {
            (int high, int wide) = IsShortest ? Shortest(size.Height, height, width) : size;
            x = ResizedImages.Of(x, high, wide, Filter);
        }

        if (Crop is { } crop) x = Middle(x, crop.Height, crop.Width);
        x = x.Times(Factor).expand(-1, Mean.Count, -1, -1);
        var mean = tensor(Mean.Select(value => (float)value).ToArray(), [1, Mean.Count, 1, 1], device: x.device);
        var deviation = tensor(Deviation.Select(value => (float)value).ToArray(), [1, Mean.Count, 1, 1], device: x.device);
        return ((x - mean) / deviation).MoveToOuterDisposeScope();
    }

    /// <summary>As transformers' processors have it where a folder says nothing else, for images of a side.</summary>
    /// <param name="isClip">Whether the model is CLIP, whose processor cuts and normalizes otherwise.</param>
    public static ImagePreparation Usual(int side, int channels, bool isClip)
    {
        // The colours of the images that CLIP was trained on.
        double[] means = [0.48145466, 0.4578275, 0.40821073], deviations = [0.26862954, 0.26130258, 0.27577711];
        return isClip && channels == means.Length
            ? new((side, side), true, ResizeFilter.Cubic, (side, side), 1 / _byte, means, deviations)
            : new((side, side), false, ResizeFilter.Triangle, null, 1 / _byte, Enumerable.Repeat(0.5, channels).ToArray(), Enumerable.Repeat(0.5, channels).ToArray());
    }

    private static (int Height, int Width) Shortest(int side, int height, int width) =>
        height <= width ? (side, (int)((long)side * width / height)) : ((int)((long)side * height / width), side);

    private static Tensor Middle(Tensor x, int height, int width)
    {
        long above = Math.Max(0, height - x.shape[2]), beside = Math.Max(0, width - x.shape[3]);
        if (above > 0 || beside > 0) x = nn.functional.pad(x, [beside / 2, beside - (beside / 2), above / 2, above - (above / 2)]);
        return x.narrow(2, (x.shape[2] - height) / 2, height).narrow(3, (x.shape[3] - width) / 2, width);
    }
}
