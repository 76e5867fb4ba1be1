using Ptune.Contracts.Specs;

namespace Ptune.Silo.Admission;

/// <summary>What must hold between a spec and the files that were found.</summary>
internal static class DatasetRules
{
    public static void Check(Spec spec, IReadOnlyDictionary<string, IdxFile> files, DatasetReport report)
    {
        foreach (var part in new[] { "train", "test" })
        {
            var images = files.GetValueOrDefault($"{part}Images");
            var labels = files.GetValueOrDefault($"{part}Labels");
            if (images is not null && labels is not null && images.Sizes[0] != labels.Sizes[0])
                report.Add($"files.{part}Labels.path", $"There are {labels.Sizes[0]:N0} {part} labels for {images.Sizes[0]:N0} images.", "Name files that belong together.");
        }
        Labels(files, report);
        TestCount(spec, files, report);
        if (files.GetValueOrDefault("trainImages") is not { } train) return;
        if (files.GetValueOrDefault("testImages") is { } test && !train.Sizes.AsSpan(1).SequenceEqual(test.Sizes.AsSpan(1)))
            report.Add("files.testImages.path", $"Test images are {Size(test)}, training images {Size(train)}.", "Name files that belong together.");
        Splits(spec, train.Sizes[0], report);
        Shapes(spec, train, report);
    }

    private static void Labels(IReadOnlyDictionary<string, IdxFile> files, DatasetReport report)
    {
        var names = report.Images.Labels.Length;
        var found = files.Where(f => f.Value.GreatestLabel is not null).ToArray();
        foreach (var (key, file) in found.Where(f => f.Value.GreatestLabel >= names))
            report.Add("labels", $"{names} labels are named, and {key} holds label {file.GreatestLabel} (offset {file.GreatestAt}): it needs {file.GreatestLabel + 1} names.", "Name every label, in the order of the numbers.");
        if (found.Length == 2 && found.Max(f => f.Value.GreatestLabel) + 1 is { } needed && needed < names)
            report.Add("labels", $"{names} labels are named, and the files hold {needed}, 0 to {needed - 1}.", "Name the labels that there are, in the order of the numbers.");
    }

    /// <summary>The spec itself says how long the other splits are.</summary>
    private static void TestCount(Spec spec, IReadOnlyDictionary<string, IdxFile> files, DatasetReport report)
    {
        if (files.GetValueOrDefault("testImages") is { } test && spec is JobSpec job && job.Examples() is { Split: Split.Test, Count: { } count } && count > test.Sizes[0])
            report.AddAt("data.count", $"{count:N0} examples are requested, but the test file has {test.Sizes[0]:N0}.", "Request fewer, or leave 'count' out for all.");
    }

    private static void Splits(Spec spec, int rows, DatasetReport report)
    {
        var (path, splits) = spec switch
        {
            TransferStudySpec study => ("splits", study.Splits),
            JobSpec job when job.Examples() is { } data => ("data.splits", data.Splits),
            _ => ("", null),
        };
        if (splits is null) return;
        var wanted = (long)splits.Pretraining + splits.Tuning + splits.Validation;
        if (wanted > rows)
            report.AddAt(path, $"pretraining {splits.Pretraining:N0} + tuning {splits.Tuning:N0} + validation {splits.Validation:N0} are {wanted:N0} rows; the training file has {rows:N0}.", "Make the splits smaller: they are disjoint.");
    }

    private static void Shapes(Spec spec, IdxFile train, DatasetReport report)
    {
        var (height, width) = (train.Sizes[1], train.Sizes[2]);
        foreach (var (path, architecture) in ArchitecturesOf(spec))
        {
            if (architecture is VitSpec vit && (height % vit.Patch != 0 || width % vit.Patch != 0))
                report.AddAt($"{path}.patch", $"Patches of {vit.Patch} pixels do not divide images of {Size(train)}.", "Use a patch that divides both sides.");
            if (architecture is CnnSpec && (height < 4 || width < 4))
                report.AddAt(path, $"Images of {Size(train)} are too small for two 2x2 poolings.", "Use an mlp.");
        }
        var (shiftPath, shift) = spec switch
        {
            TransferStudySpec study => ("shift.size", study.Shift),
            JobSpec job => ("data.shift.size", job.Examples()?.Shift),
            _ => ("", null),
        };
        if (shift is not null && shift.Size > Math.Min(height, width))
            report.AddAt(shiftPath, $"A square of {shift.Size} pixels does not fit into images of {Size(train)}.", $"Use at most {Math.Min(height, width)}.");
    }

    private static IEnumerable<(string Path, ArchitectureSpec Architecture)> ArchitecturesOf(Spec spec) => spec switch
    {
        PretrainingSpec pretraining => [("architecture", pretraining.Architecture)],
        TransferStudySpec study => study.Models.Where(m => m.Value.Architecture is not null).Select(m => ($"models.{m.Key}.architecture", m.Value.Architecture!)),
        _ => [],
    };

    private static string Size(IdxFile images) => $"{images.Sizes[1]}x{images.Sizes[2]}";
}
