using Ptune.Contracts.Specs;
using Ptune.Learning.Data;

namespace Ptune.Tensors.Bench;

/// <summary>Random images in the shape of Fashion-MNIST: 28x28 bytes, ten labels. Only time counts, and time does not depend on what an image shows.</summary>
internal static class SyntheticImages
{
    public const int Side = 28;
    public const int Labels = 10;

    public static Examples Of(int count, int seed = 1)
    {
        var random = new Random(seed);
        byte[] pixels = new byte[count * Side * Side];
        random.NextBytes(pixels);
        long[] labels = [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(Labels))];
        string[] names = [.. Enumerable.Range(0, Labels).Select(label => $"label {label}")];
        return new Examples(new ImageSize(Side, Side), pixels, labels, names, "synthetic", new Dictionary<Split, string>());
    }
}
