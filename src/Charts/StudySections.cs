using System.Xml.Linq;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using static Ptune.Charts.Html;

namespace Ptune.Charts;

/// <summary>A study of image classifiers: what was found, in the order of a report.</summary>
public static class StudySections
{
    public static IEnumerable<object> Of(StudyResult result, TransferStudySpec study)
    {
        var source = result.Source!.Model;
        yield return E("p", Class("lead"), $"A reward was tuned on {source} with {Words.Count(study.TuningExamples, "example")}. How much of the gain is kept when it is ported, without training, to {string.Join(", ", result.Targets.Select(t => t.Model))}?");
        yield return E("p", Class("facts"), $"{ResultTables.Title(result, study)}. {Words.Count(result.Jobs.Computed, "job")} computed, {result.Jobs.Reused} reused, {Words.Seconds(result.Seconds)}.");
        yield return Section("Comparison", HeatMap.Of(result), VerdictList(result), E("p", Class("note"), $"{ResultTables.Legend[0]} The port is framed; the frame is dashed where the bare model, the reward alone or EFT is better."));
        yield return Section("Accuracy by target", BarChart.Of(result), E("p", Class("note"), "Bars are means, whiskers one standard deviation over the seeds, dots single seeds."));
        yield return Section("Is the port safe, and what does it cost?", PortTable.Of(result), E("p", Class("note"), $"{ResultTables.Legend[2]} By the paper, the harm of a port is bounded by the square root of KL. {Capital(ResultTables.Legend[3])}"));
        yield return Section("Paired tests", PairedTestsTable.Of(result), E("p", Class("note"), $"{PairedSummary.Explanation} The seeds share their test examples, so their p-values are not combined into one. Gained: examples that only the port gets right; lost: those that only the other method gets right."));
    }

    private static XElement VerdictList(StudyResult result)
    {
        var verdicts = Verdicts.Of(result).ToList();
        return verdicts.Count == 0
            ? E("p", "The port is better than the bare model, the reward alone, EFT and retraining on every target.")
            : E("ul", Class("verdicts"), verdicts.Select(v => E("li", v)));
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
