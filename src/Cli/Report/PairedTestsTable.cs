using System.Xml.Linq;
using Ptune.Cli.Output;
using Ptune.Contracts.Studies;

namespace Ptune.Cli.Report;

/// <summary>Every paired test by seed, and their median.</summary>
internal static class PairedTestsTable
{
    public static XElement Of(StudyResult result) => Html.Table(
        ["Target", "Ported against", "Seed", ">Gained", ">Lost", ">p", ">Median p (range)"],
        result.Targets.SelectMany(t => Rows(t.Model, "bare", t.Mcnemar.VsBare, result.Seeds).Concat(Rows(t.Model, "reward alone", t.Mcnemar.VsRewardAlone, result.Seeds))));

    private static IEnumerable<object?[]> Rows(string model, string rival, McNemar[] tests, long[] seeds) => tests.Select((test, i) => new object?[]
    {
        i == 0 ? model : "", i == 0 ? rival : "", i < seeds.Length ? $"{seeds[i]}" : "", Words.Number(test.Gained, "#,0"), Words.Number(test.Lost, "#,0"), Words.P(test.P),
        i == 0 ? PairedSummary.Of(tests)?.ToString() : "",
    });
}
