using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Estimates;

/// <summary>The shapes of our own image classifiers, from their specs and the size of the images.</summary>
public static class ClassifierShapes
{
    /// <summary>Height and width of images that nobody has read yet: a spec does not say them, and the data sets in IDX format that are published have this size.</summary>
    public const int AssumedSide = 28;

    // Of a convolution.
    private const int Kernel = 9;
    private const int Block = 16;

    /// <param name="architecture">Its sizes.</param>
    /// <param name="height">Of an image, in pixels.</param>
    /// <param name="width">Of an image, in pixels.</param>
    /// <param name="labels">How many there are.</param>
    /// <returns>Null: it is none of our own image classifiers, or it does not fit the images.</returns>
    public static ClassifierShape? Of(ArchitectureSpec architecture, long height, long width, long labels) => architecture switch
    {
        VitSpec vit when height % vit.Patch == 0 && width % vit.Patch == 0 => Of(vit, height, width, labels),
        CnnSpec cnn => Of(cnn, height, width, labels),
        MlpSpec mlp => Of(mlp, height * width, labels),
        _ => null,
    };

    private static ClassifierShape Of(VitSpec spec, long height, long width, long labels)
    {
        long dim = spec.Dim, patch = (long)spec.Patch * spec.Patch, pixels = height * width, tokens = 1 + (pixels / patch), head = Linear(dim, labels);
        // The feed-forward part is twice as wide as the stream. Four layers have biases, and two norms have scale and shift.
        var block = Linear(dim, 3 * dim) + Linear(dim, dim) + Linear(dim, 2 * dim) + Linear(2 * dim, dim) + (4 * dim);
        // Two norms, queries, keys and values, the mixed values and their copy, the projection, two sums, and the feed-forward part with its activation.
        var passed = checked((tokens * dim * ((15 * spec.Depth) + 2)) + pixels);
        return new ClassifierShape
        {
            Parameters = checked(Linear(patch, dim) + dim + (tokens * dim) + (spec.Depth * block) + (2 * dim) + head),
            Head = head,
            LinearSides = patch + dim + (spec.Depth * 12 * dim),
            Pixels = pixels,
            Passed = passed,
            // The gradients of one block stand beside it.
            Kept = checked(passed + (tokens * dim * 15)),
        };
    }

    private static ClassifierShape Of(CnnSpec spec, long height, long width, long labels)
    {
        // Each convolution is pooled to a quarter; the second one has twice the channels.
        long channels = spec.Channels, pixels = height * width, first = channels * pixels, pooled = channels * (height / 2) * (width / 2);
        long second = 2 * pooled, features = 2 * channels * (height / 4) * (width / 4), head = Linear(spec.Hidden, labels);
        var outputs = first + pooled + second + features + spec.Hidden;
        // Channels that fill no whole blocks are computed as a product with the images' columns, and with the bias after it.
        long columns = channels % Block == 0 ? 0 : Kernel * pooled, columnsOfPixels = channels % Block == 0 ? 0 : Kernel * pixels;
        return new ClassifierShape
        {
            Parameters = checked((Kernel * channels) + channels + (Kernel * channels * 2 * channels) + (2 * channels) + Linear(features, spec.Hidden) + head),
            Head = head,
            LinearSides = features + spec.Hidden,
            Pixels = pixels,
            // The first convolution's output stands twice for a while: before and after the bias, or in the order that the convolution is computed in.
            Passed = outputs + first + columns,
            // Pooling notes where its largest numbers stood, in 64 bits. Then the gradient of the first convolution stands beside all, and output and gradient again in the order that the product reads.
            Kept = checked(outputs + (2 * (pooled + features)) + (3 * first) + pooled + columnsOfPixels + (2 * columns)),
        };
    }

    private static ClassifierShape Of(MlpSpec spec, long pixels, long labels)
    {
        long hidden = spec.Hidden, between = spec.Depth - 1, head = Linear(hidden, labels);
        return new ClassifierShape
        {
            Parameters = checked(Linear(pixels, hidden) + (between * Linear(hidden, hidden)) + head),
            Head = head,
            LinearSides = pixels + hidden + (between * 2 * hidden),
            Pixels = pixels,
            Passed = spec.Depth * hidden,
            Kept = (spec.Depth + 1) * hidden,
        };
    }

    private static long Linear(long inputs, long outputs) => checked((inputs + 1) * outputs);
}
