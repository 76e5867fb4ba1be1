using Ptune.Learning.Models.Vision;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>Reads a folder's <c>preprocessor_config.json</c>, in the words of transformers' image processors.</summary>
internal static class PreparationWords
{
    public const string FileName = "preprocessor_config.json";

    private const double _factor = 1.0 / 255;
    private const int _largest = 4096;

    /// <summary>Of a vision transformer.</summary>
    /// <inheritdoc cref="Read(FolderFiles, int, int, bool)"/>
    public static ImagePreparation Read(FolderFiles files, HfVitConfig config) => Read(files, (int)config.Grid.Size, (int)config.Grid.Channels, isClip: false);

    /// <summary>Of CLIP.</summary>
    /// <inheritdoc cref="Read(FolderFiles, int, int, bool)"/>
    public static ImagePreparation Read(FolderFiles files, ClipConfig config) => Read(files, (int)config.Grid.Size, (int)config.Grid.Channels, isClip: true);

    /// <param name="files">The model's folder.</param>
    /// <param name="side">Of the images that the model reads.</param>
    /// <param name="channels">Of its pixels.</param>
    /// <param name="isClip">Whether the model is CLIP.</param>
    /// <returns>As the folder says; where it says nothing, as is usual.</returns>
    /// <exception cref="ModelRefusedException">What it says is not done here, or does not give the images that the model reads.</exception>
    public static ImagePreparation Read(FolderFiles files, int side, int channels, bool isClip)
    {
        var usual = ImagePreparation.Usual(side, channels, isClip);
        if (files.Find(FileName) is not { } path) return usual;
        var words = JsonWords.Read(path, []);
        bool resizes = words.Flag("do_resize", true), crops = words.Flag("do_center_crop", isClip);
        bool rescales = words.Flag("do_rescale", true), normalizes = words.Flag("do_normalize", true);
        var (size, isShortest) = Size(words, "size") ?? (usual.Resize!.Value, usual.IsShortest);
        var (crop, _) = Size(words, "crop_size") ?? ((side, side), false);
        var read = new ImagePreparation(
            resizes ? size : null,
            isShortest,
            Filter(words, usual.Filter),
            crops ? crop : null,
            rescales ? words.Positive("rescale_factor", _factor) : 1,
            normalizes ? Channels(words, "image_mean", usual.Mean) : [.. usual.Mean.Select(_ => 0.0)],
            normalizes ? Channels(words, "image_std", usual.Deviation) : [.. usual.Deviation.Select(_ => 1.0)]);
        RequireSide(words, read, side);
        return read;
    }

    // { height, width }, { shortest_edge }, or a number, which is the shorter side in old files of CLIP and both in those of ViT.
    private static ((int Height, int Width) Size, bool IsShortest)? Size(JsonWords words, string word)
    {
        if (!words.Has(word)) return null;
        if (words.Root.GetProperty(word).ValueKind == System.Text.Json.JsonValueKind.Number)
        {
            int both = Side(words, word);
            bool isClip = words.OptionalText("feature_extractor_type") is { } old && old.StartsWith("CLIP", StringComparison.Ordinal);
            return ((both, both), isClip && word == "size");
        }

        var section = words.Section(word)!;
        if (section.Has("shortest_edge") && !section.Has("longest_edge")) return ((Side(section, "shortest_edge"), Side(section, "shortest_edge")), true);
        return section.Has("height") && section.Has("width")
            ? ((Side(section, "height"), Side(section, "width")), false)
            : throw words.Refuse($"{word} is {Formats.Readable.Json(words.Root.GetProperty(word))}; height and width, or shortest_edge, are understood.");
    }

    private static int Side(JsonWords words, string word)
    {
        long side = words.Whole(word);
        return side <= _largest ? (int)side : throw words.Refuse($"{word} is {side}; images of at most {_largest} pixels a side are made.");
    }

    private static ResizeFilter Filter(JsonWords words, ResizeFilter usual)
    {
        long number = words.OptionalWhole("resample", least: 0) ?? (long)usual;
        return Enum.IsDefined((ResizeFilter)number) ? (ResizeFilter)number : throw words.Refuse($"resample is {number}, which is not one of Pillow's filters, 0 to 5.");
    }

    private static double[] Channels(JsonWords words, string word, IReadOnlyList<double> usual)
    {
        if (!words.Has(word)) return [.. usual];
        var value = words.Root.GetProperty(word);
        double[] read = value.ValueKind == System.Text.Json.JsonValueKind.Number ? [.. usual.Select(_ => value.GetDouble())]
            : value.ValueKind == System.Text.Json.JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == System.Text.Json.JsonValueKind.Number)
                ? [.. value.EnumerateArray().Select(item => item.GetDouble())] : [];
        bool fits = read.Length == usual.Count && read.All(double.IsFinite) && (word != "image_std" || read.All(item => item > 0));
        return fits ? read : throw words.Refuse($"{word} is {Formats.Readable.Json(value)}; it must be {usual.Count} numbers, one for each channel.");
    }

    private static void RequireSide(JsonWords words, ImagePreparation read, int side)
    {
        // Without a fixed size the data decide, and the model says whether they fit.
        var made = read.Crop ?? (read.IsShortest ? null : read.Resize);
        if (made is { } size && size != (side, side)) throw words.Refuse($"images become {size.Height}x{size.Width}, and the model reads {side}x{side}. Are the two files of one model?");
    }
}
