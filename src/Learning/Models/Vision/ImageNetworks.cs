using Ptune.Contracts.Specs;
using Ptune.Learning.Data;

namespace Ptune.Learning.Models.Vision;

/// <summary>The networks of images that are made from fresh weights: one line each.</summary>
internal static class ImageNetworks
{
    private static readonly Dictionary<Type, Func<ArchitectureSpec, ImageSize, int, ImageClassifier>> _all = [];

    static ImageNetworks()
    {
        Add<VitSpec>((spec, input, labels) => new Vit(spec, input, labels));
        Add<CnnSpec>((spec, input, labels) => new Cnn(spec, input, labels));
        Add<MlpSpec>((spec, input, labels) => new Mlp(spec, input, labels));
    }

    /// <summary>Adds a network, before the first one is made.</summary>
    public static void Add<T>(Func<T, ImageSize, int, ImageClassifier> make)
        where T : ArchitectureSpec
    {
        _all.Add(typeof(T), (spec, input, labels) => make((T)spec, input, labels));
    }

    /// <exception cref="LearningException">The architecture is unknown here, or does not fit the images.</exception>
    public static ImageClassifier Make(ArchitectureSpec spec, ImageSize input, int labels) =>
        _all.TryGetValue(spec.GetType(), out var make) ? make(spec, input, labels) : throw new LearningException($"No network is implemented for {spec.GetType().Name}.");
}
