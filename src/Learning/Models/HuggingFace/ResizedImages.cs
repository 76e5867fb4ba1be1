using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>
/// Images resized as Pillow does it (and torchvision with antialiasing): each side by a weighted mean of the pixels below the filter, which is widened
/// where the image becomes smaller; rounded to bytes after each side.
/// </summary>
internal static class ResizedImages
{
    private const float _most = 255;

    /// <summary>[B, channels, h, w], f32 from 0 to 255 in whole numbers -> [B, channels, height, width], the same.</summary>
    public static Tensor Of(Tensor images, int height, int width, ResizeFilter filter)
    {
        using var scope = NewDisposeScope();
        var x = images;
        if (x.shape[3] != width) x = Rounded(x.matmul(Weights((int)x.shape[3], width, filter, x.device).t()));
        if (x.shape[2] != height) x = Rounded(Weights((int)x.shape[2], height, filter, x.device).matmul(x));
        return x.alias().MoveToOuterDisposeScope();
    }

    private static Tensor Rounded(Tensor x) => x.AddInPlace(0.5).floor_().LimitInPlace(0, _most);

    // [to, from]
    private static Tensor Weights(int from, int to, ResizeFilter filter, Device device)
    {
        float[] weights = new float[to * from];
        double ratio = (double)from / to, scale = Math.Max(1, ratio), support = Support(filter) * scale;
        // Summed up as Pillow does it: where a place falls between two pixels, the last bit decides.
        double nearest = ratio * 0.5;
        for (int at = 0; at < to; at++, nearest += ratio)
        {
            if (filter == ResizeFilter.Nearest)
            {
                weights[(at * from) + Math.Min(from - 1, (int)nearest)] = 1;
                continue;
            }

            double center = (at + 0.5) * ratio;

            int first = Math.Max(0, (int)(center - support + 0.5)), end = Math.Min(from, (int)(center + support + 0.5));
            double[] row = [.. Enumerable.Range(first, end - first).Select(pixel => Value(filter, (pixel - center + 0.5) / scale))];
            double sum = row.Sum();
            for (int pixel = first; pixel < end; pixel++) weights[(at * from) + pixel] = (float)(row[pixel - first] / sum);
        }

        return tensor(weights, [to, from]).to(device);
    }

    private static double Support(ResizeFilter filter) => filter switch
    {
        ResizeFilter.Lanczos => 3,
        ResizeFilter.Cubic => 2,
        ResizeFilter.Box => 0.5,
        _ => 1,
    };

    private static double Value(ResizeFilter filter, double x)
    {
        double far = Math.Abs(x);
        return filter switch
        {
            ResizeFilter.Triangle => far < 1 ? 1 - far : 0,
            ResizeFilter.Cubic => far < 1 ? (((1.5 * far) - 2.5) * far * far) + 1 : far < 2 ? (((((-0.5 * far) + 2.5) * far) - 4) * far) + 2 : 0,
            ResizeFilter.Lanczos => far < 3 ? Sinc(x) * Sinc(x / 3) : 0,
            ResizeFilter.Hamming => far >= 1 ? 0 : far == 0 ? 1 : Sinc(x) * (0.54 + (0.46 * Math.Cos(Math.PI * x))),
            _ => x is > -0.5 and <= 0.5 ? 1 : 0,
        };
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
