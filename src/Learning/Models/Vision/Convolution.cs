using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ptune.Learning.Models.Vision;

/// <summary>A convolution with a square kernel whose result does not depend on the processor.</summary>
/// <remarks>
/// oneDNN computes in blocks of 16 channels. On some processors (AMD family 26 with libtorch 2.10) it leaves garbage in a block that is only partly
/// filled, and outputs and gradients are wrong, differently in each run. Such channel counts are computed as a matrix product instead.
/// </remarks>
internal static class Convolution
{
    private const int _block = 16;

    /// <param name="x">[batch, inputs, height, width].</param>
    /// <param name="weight">[outputs, inputs, kernel, kernel].</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <param name="stride">The step of the kernel, in pixels.</param>
    /// <param name="padding">Zeros on each side, in pixels.</param>
    /// <returns>[batch, outputs, (height + 2 padding - kernel) / stride + 1, (width + 2 padding - kernel) / stride + 1].</returns>
    public static Tensor Apply(Tensor x, Tensor weight, Tensor? bias, long stride = 1, long padding = 0) =>
        FillsBlocks(weight)
            ? F.conv2d(x, weight, bias, strides: [stride, stride], padding: [padding, padding])
            : AsProduct(x, weight, bias, stride, padding);

    internal static Tensor AsProduct(Tensor x, Tensor weight, Tensor? bias, long stride, long padding)
    {
        var (outputs, kernel) = (weight.shape[0], weight.shape[2]);
        using var scope = NewDisposeScope();
        var columns = F.unfold(x, kernel, 1, padding, stride);   // [B, inputs * kernel * kernel, places]
        var y = weight.reshape(outputs, -1).matmul(columns);     // [B, outputs, places]
        if (bias is not null) y = y.Plus(bias.reshape(1, -1, 1));
        long height = Places(x.shape[2]);
        return y.reshape(x.shape[0], outputs, height, Places(x.shape[3])).MoveToOuterDisposeScope();

        long Places(long side) => ((side + (2 * padding) - kernel) / stride) + 1;
    }

    // A grey or a coloured image is read as it is, without blocks.
    private static bool FillsBlocks(Tensor weight) => weight.shape[0] % _block == 0 && (weight.shape[1] is 1 or 3 || weight.shape[1] % _block == 0);
}
