using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Data;

/// <summary>
/// <see cref="Data.Examples"/> on a device. Pixels stay bytes (a quarter of the memory) and become f32 batch by batch: a pixel p is
/// (p - 127.5) / 127.5, between -1 and 1, whatever the data set, so that a model needs no statistics of the data it was trained on.
/// </summary>
internal sealed class ExampleTensors : IDisposable
{
    private const float _halfRange = 127.5f;

    private readonly Tensor _pixels; // [n, 1, h, w] u8

    public ExampleTensors(Examples examples, Device device)
    {
        Examples = examples;
        using var pixels = tensor(examples.Pixels, [examples.Count, 1, examples.Size.Height, examples.Size.Width], ScalarType.Byte);
        _pixels = pixels.to(device, copy: true).DetachFromDisposeScope();
        using var labels = tensor(examples.Labels, ScalarType.Int64);
        Labels = labels.to(device, copy: true).DetachFromDisposeScope();
    }

    public Examples Examples { get; }

    public int Count => Examples.Count;

    /// <summary>[n] i64.</summary>
    public Tensor Labels { get; }

    /// <summary>The images in <paramref name="rows"/>, [b, 1, h, w] f32.</summary>
    public Tensor Images(Tensor rows) => Normalize(_pixels.index_select(0, rows));

    /// <summary>The images from <paramref name="start"/> on, [count, 1, h, w] f32.</summary>
    public Tensor Images(long start, long count) => Normalize(_pixels.narrow(0, start, count));

    public void Dispose()
    {
        _pixels.Dispose();
        Labels.Dispose();
    }

    private static Tensor Normalize(Tensor pixels) => pixels.to_type(ScalarType.Float32).SubtractInPlace(_halfRange).DivideInPlace(_halfRange);
}
