using System.Xml.Linq;
using Ptune.Cli.Commands;
using Ptune.Cli.Output;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using static Ptune.Charts.Html;

namespace Ptune.Cli.Report;

/// <summary>A run as one HTML file: no network, no script, nothing beside it.</summary>
internal static class HtmlReport
{
    public static string Of(ReportData report) => Page(
        report.Name,
        ReportStyle.Css,
        E("h1", report.Name),
        report switch
        {
            { Study: { Result: { } result, Spec: LanguageStudySpec language } } => [.. LanguageSections.Of(result, language), .. LossCurves.Of(report.Jobs)],
            { Study: { Result: { } result, Spec: TransferStudySpec images } } => Study(report, images, result),
            { Sweep: { Result: { } result } sweep } => [.. SweepSections.Of(sweep, result), .. LossCurves.Of(report.Jobs)],
            _ => Job(report),
        },
        Section(report.Sweep is null ? "Jobs" : "Jobs of the best trial", JobsTable.Of(report)),
        Section("Environment", EnvironmentTable.Of(report)),
        Section("Spec", E("p", "As it was run, with its defaults; ptune run takes it as it is. Users, passwords and queries of addresses are left out."), E("pre", E("code", RunFolder.SpecText(report.Spec)))),
        Footer(report));

    private static object?[] Study(ReportData report, TransferStudySpec study, StudyResult result)
    {
        var source = result.Source!.Model;
        return
        [
            E("p", Class("lead"), $"A reward was tuned on {source} with {Words.Count(study.TuningExamples, "example")}. How much of the gain is kept when it is ported, without training, to {string.Join(", ", result.Targets.Select(t => t.Model))}?"),
            E("p", Class("facts"), $"{ResultTables.Title(result, study)}. {Words.Count(result.Jobs.Computed, "job")} computed, {result.Jobs.Reused} reused, {Words.Seconds(result.Seconds)}."),
            Section("Comparison", HeatMap.Of(result), VerdictList(result), E("p", Class("note"), $"{ResultTables.Legend[0]} The port is framed; the frame is dashed where the bare model, the reward alone or EFT is better.")),
            Section("Accuracy by target", BarChart.Of(result), E("p", Class("note"), "Bars are means, whiskers one standard deviation over the seeds, dots single seeds.")),
            Section("Is the port safe, and what does it cost?", PortTable.Of(result), E("p", Class("note"), $"{ResultTables.Legend[2]} By the paper, the harm of a port is bounded by the square root of KL. {Capital(ResultTables.Legend[3])}")),
            Section("Paired tests", PairedTestsTable.Of(result), E("p", Class("note"), $"{PairedSummary.Explanation} The seeds share their test examples, so their p-values are not combined into one. Gained: examples that only the port gets right; lost: those that only the other method gets right.")),
            .. LossCurves.Of(report.Jobs),
            Section("Data", SplitsTable.Of(result, study)),
        ];
    }

    private static object?[] Job(ReportData report)
    {
        var job = report.Jobs[0];
        var figures = job.Result!.Metrics.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => new object?[] { m.Key, Words.Figure(m.Value, "0.######"), "" })
            .Concat(job.Result.Measurements.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => new object?[] { m.Key, Words.Figure(m.Value, "0.####"), "measured once" }));
        return
        [
            E("p", Class("lead"), $"{job.Kind}, artifact ", E("code", job.Result.Artifact)),
            Section("Results", Table(["Result", ">Value", ""], figures)),
            .. LossCurves.Of(report.Jobs),
        ];
    }

    private static XElement VerdictList(StudyResult result)
    {
        var verdicts = Verdicts.Of(result).ToList();
        return verdicts.Count == 0
            ? E("p", "The port is better than the bare model, the reward alone, EFT and retraining on every target.")
            : E("ul", Class("verdicts"), verdicts.Select(v => E("li", v)));
    }

    private static XElement Footer(ReportData report) =>
        E("footer", $"Made {report.Made.UtcDateTime:yyyy-MM-dd HH:mm} UTC by ptune {VersionCommand.Client}{(report.Server is { } s ? $", server {s.Version} ({s.Mode})" : "")}. {(report.Study is { } study ? $"Study {study.StudyId}." : report.Sweep is { } sweep ? $"Sweep {sweep.SweepId}." : "")}");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
