using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;

namespace Ptune.Learning.Data;

/// <summary>The images and labels that a <see cref="DataSpec"/> names, in the split's order, read, verified and shifted.</summary>
/// <param name="Size">Of every image.</param>
/// <param name="Pixels">[n, height, width], 0 to 255.</param>
/// <param name="Labels">[n], indices into the data set's labels.</param>
/// <param name="LabelNames">The output space.</param>
/// <param name="Fingerprint">Digest of what decides the examples: the files' digests, splits, split, count and shift.</param>
/// <param name="SplitDigests">The digest of each split's index file.</param>
internal sealed record Examples(
    ImageSize Size,
    byte[] Pixels,
    long[] Labels,
    IReadOnlyList<string> LabelNames,
    string Fingerprint,
    IReadOnlyDictionary<Split, string> SplitDigests)
{
    public int Count => Labels.Length;

    /// <param name="spec">What to read.</param>
    /// <param name="files">Where the files come from.</param>
    /// <param name="labelsOnly">Leaves the pixels out, which are not even read: <see cref="Pixels"/> is then empty.</param>
    /// <exception cref="DataException">The data set is missing, is another one, or does not fit the spec.</exception>
    /// <exception cref="MalformedFileException">A file is not what it should be.</exception>
    public static Examples Read(DataSpec spec, DatasetFiles files, bool labelsOnly = false)
    {
        if (spec.Dataset is not ImageDatasetSpec dataset) throw new DataException($"Data set '{spec.Dataset.Name}': these are texts, and this job reads images.");
        bool isTest = spec.Split == Split.Test;
        var declared = dataset.Files;
        var trainLabels = ReadIdx(spec, files, declared.TrainLabels, 1);
        var testLabels = ReadIdx(spec, files, declared.TestLabels, 1);
        var labels = isTest ? testLabels : trainLabels;
        var index = new SplitIndex(spec.Splits, trainLabels.Shape[0], testLabels.Shape[0]);
        var rows = index.Rows(spec.Split, spec.Count);
        var images = labelsOnly ? null : ReadIdx(spec, files, isTest ? declared.TestImages : declared.TrainImages, 3);
        if (images is not null && images.Shape[0] != labels.Shape[0])
            throw new DataException($"{images.Path} has {images.Shape[0]} images, but {labels.Path} has {labels.Shape[0]} labels.");

        var size = images is null ? default : new ImageSize(images.Shape[1], images.Shape[2]);
        return new Examples(
            size,
            images is null ? [] : TakeImages(images, size, rows, spec.Shift),
            TakeLabels(labels, rows, dataset.Labels),
            dataset.Labels,
            Digest.Of(CanonicalJson.Of(spec)),
            Enum.GetValues<Split>().ToDictionary(split => split, index.IndexDigest));
    }

    private static IdxFile ReadIdx(DataSpec spec, DatasetFiles files, DataFile file, int dimensions)
    {
        using var content = files.Open(spec.Dataset, file);
        return IdxFile.Parse(content.Path, content, dimensions);
    }

    private static byte[] TakeImages(IdxFile images, ImageSize size, ReadOnlySpan<int> rows, ShiftSpec? shift)
    {
        var occlusion = shift is null ? null : new Occlusion(shift, size.Height, size.Width);
        byte[] pixels = new byte[(long)rows.Length * size.Pixels];
        for (int i = 0; i < rows.Length; i++)
        {
            var image = pixels.AsSpan(i * size.Pixels, size.Pixels);
            images.Elements.AsSpan(rows[i] * size.Pixels, size.Pixels).CopyTo(image);
            occlusion?.Apply(image, rows[i]);
        }

        return pixels;
    }

    private static long[] TakeLabels(IdxFile labels, ReadOnlySpan<int> rows, string[] names)
    {
        long[] taken = new long[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            taken[i] = labels.Elements[rows[i]];
            if (taken[i] >= names.Length)
            {
                throw new MalformedFileException(
                    labels.Path, labels.HeaderBytes + rows[i], $"label {taken[i]} of row {rows[i]}, but dataset.labels names {names.Length} (0 to {names.Length - 1})");
            }
        }

        return taken;
    }
}
