using System.Xml.Linq;
using Ptune.Contracts.Studies;

namespace Ptune.Charts;

/// <summary>Every paired test by seed, and their median.</summary>
public static class PairedTestsTable
{
    public static XElement Of(StudyResult result) => Html.Table(
        ["Target", "Ported against", "Gained / lost, by seed", ">p, by seed", ">Median p"],
        result.Targets.SelectMany(t => new[] { Row(t.Model, "bare", t.Mcnemar.VsBare), Row(t.Model, "reward alone", t.Mcnemar.VsRewardAlone) }));

    private static object?[] Row(string model, string rival, McNemar[] tests) =>
    [
        model, rival, string.Join(", ", tests.Select(t => $"{Words.Number(t.Gained, "#,0")} / {Words.Number(t.Lost, "#,0")}")),
        string.Join(", ", tests.Select(t => Words.P(t.P))), PairedSummary.Of(tests) is { } summary ? Words.P(summary.Median) : "–",
    ];
}
