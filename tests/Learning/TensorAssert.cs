using static TorchSharp.torch;

namespace Ptune.Learning.Tests;

internal static class TensorAssert
{
    /// <summary>Whether both hold the same bytes in the same shape.</summary>
    public static bool Same(Tensor first, Tensor second)
    {
        using Tensor a = first.detach().contiguous(), b = second.detach().contiguous();
        return a.shape.SequenceEqual(b.shape) && a.dtype == b.dtype && a.bytes.SequenceEqual(b.bytes);
    }

    /// <summary>Fails where the two differ by more than <paramref name="tolerance"/> times the largest expected absolute value.</summary>
    public static void Near(Tensor expected, Tensor actual, double tolerance, string what)
    {
        Assert.Equal(expected.shape, actual.shape);
        double difference = Difference(expected, actual);
        // Written so that NaN fails, too.
        Assert.True(difference <= tolerance, $"{what} is {difference:g3} of the largest expected value away, and {tolerance:g3} is allowed.");
    }

    /// <summary>The largest difference, relative to the largest expected absolute value.</summary>
    public static double Difference(Tensor expected, Tensor actual)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var wanted = expected.to_type(ScalarType.Float64);
        return ((actual.to_type(ScalarType.Float64) - wanted).abs().max() / wanted.abs().max()).item<double>();
    }
}
