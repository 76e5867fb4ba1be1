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
            { Study: { Result: { } result, Spec: TransferStudySpec images } } => [.. StudySections.Of(result, images), .. LossCurves.Of(report.Jobs), Section("Data", SplitsTable.Of(result, images))],
            { Sweep: { Result: { } result } sweep } => [.. SweepSections.Of(sweep, result), .. LossCurves.Of(report.Jobs)],
            _ => Job(report),
        },
        Section(report.Sweep is null ? "Jobs" : "Jobs of the best trial", JobsTable.Of(report)),
        Section("Environment", EnvironmentTable.Of(report)),
        Section("Spec", E("p", "As it was run, with its defaults; ptune run takes it as it is. Users, passwords and queries of addresses are left out."), E("pre", E("code", RunFolder.SpecText(report.Spec)))),
        Footer(report));

    private static object?[] Job(ReportData report)
    {
        var job = report.Jobs[0];
        var figures = job.Result!.Metrics.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => new object?[] { m.Key, Words.Metric(m.Key, m.Value), "" })
            .Concat(job.Result.Measurements.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => new object?[] { m.Key, Words.Metric(m.Key, m.Value), "measured once" }));
        return
        [
            E("p", Class("lead"), $"{job.Kind}, artifact ", E("code", job.Result.Artifact)),
            Section("Results", Table(["Result", ">Value", ""], figures)),
            .. LossCurves.Of(report.Jobs),
        ];
    }

    private static XElement Footer(ReportData report) =>
        E("footer", $"Made {report.Made.UtcDateTime:yyyy-MM-dd HH:mm} UTC by ptune {VersionCommand.Client}{(report.Server is { } s ? $", server {s.Version} ({s.Mode})" : "")}. {(report.Study is { } study ? $"Study {study.StudyId}." : report.Sweep is { } sweep ? $"Sweep {sweep.SweepId}." : "")}");
}
