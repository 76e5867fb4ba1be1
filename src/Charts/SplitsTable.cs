using System.Xml.Linq;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using static Ptune.Charts.Html;

namespace Ptune.Charts;

/// <summary>The data set, its splits and what pins them.</summary>
public static class SplitsTable
{
    public static object[] Of(StudyResult result, TransferStudySpec spec) =>
    [
        // Each label keeps its own direction of writing.
        E("p", $"{spec.Dataset.Name}: ", spec.Dataset.Labels.SelectMany((l, i) => new object?[] { i > 0 ? ", " : null, E("bdi", l) }), $". {Shift(spec.Shift)}"),
        Table(["Split", "SHA-256 of its index file"], result.Splits.Select(s => new object?[] { s.Key, E("code", s.Value) })),
        Table(["File", "SHA-256"], spec.Dataset.Files.All().Select(f => new object?[] { f.File.Path, E("code", f.File.Sha256) })),
    ];

    private static string Shift(ShiftSpec? shift) => shift is null
        ? "The task's images are like those of pretraining."
        : $"The task's images are shifted: {Words.Lower(shift.Kind)} of {shift.Size}x{shift.Size} pixels, seed {shift.Seed}.";
}
