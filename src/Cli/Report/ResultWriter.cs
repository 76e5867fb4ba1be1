using Ptune.Cli.Output;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Spectre.Console;

namespace Ptune.Cli.Report;

/// <summary>A run's result on stdout.</summary>
internal static class ResultWriter
{
    public static void Write(IAnsiConsole console, ReportData report)
    {
        if (report.Study is { Result: { } result } study) Write(console, result, study.Spec);
        else if (report.Sweep is { } sweep) SweepWriter.Write(console, sweep);
        else Write(console, report.Jobs[0]);
    }

    public static void Write(IAnsiConsole console, StudyResult result, IStudySpec spec)
    {
        if (spec is LanguageStudySpec language) LanguageWriter.Write(console, result, language);
        else Write(console, result, (TransferStudySpec)spec);
    }

    private static void Write(IAnsiConsole console, StudyResult result, TransferStudySpec spec)
    {
        var source = result.Source!;
        console.Line(ResultTables.Title(result, spec));
        console.Line();
        TextTable.Write(
            console,
            ["MODEL", ">BARE", ">REWARD ALONE", ">EFT", ">PORTED (PRT)", ">RETRAINED", ">KEPT"],
            [
                [$"{source.Model} (source)", ResultTables.Show(source.Bare), ResultTables.Show(source.RewardAlone), ResultTables.NotMeasured, ResultTables.Show(source.Prt), ResultTables.Show(source.Tuned), ResultTables.NotMeasured],
                .. result.Targets.Select(t => new[] { t.Model, ResultTables.Show(t.Bare), ResultTables.Show(t.RewardAlone), ResultTables.Show(t.Eft), ResultTables.Show(t.Ported), ResultTables.Show(t.Retrained), ResultTables.Kept(t) }),
            ]);
        console.Line();
        TextTable.Write(
            console,
            ["MODEL", ">KL FROM SOURCE", ">C (MAX)", ">P VS BARE", ">P VS REWARD ALONE", ">COST OF PORT", ">COST OF EFT"],
            result.Targets.Select(t => new[]
            {
                t.Model, Words.Figure(t.KlFromSource, "0.00"), $"{Words.Number(t.C, "0.0")} ({Words.Number(t.CMax, "0.0")})",
                PairedSummary.Of(t.Mcnemar.VsBare)?.ToString() ?? ResultTables.NotMeasured, PairedSummary.Of(t.Mcnemar.VsRewardAlone)?.ToString() ?? ResultTables.NotMeasured,
                ResultTables.Ratio(t.InferenceCost?.Ported), ResultTables.Ratio(t.InferenceCost?.Eft),
            }));
        console.Line();
        foreach (var line in ResultTables.Legend) console.Line(line);
        var verdicts = Verdicts.Of(result).ToList();
        if (verdicts.Count > 0) console.Line();
        foreach (var verdict in verdicts) console.Line(verdict);
        console.Line();
        console.Line($"{Words.Count(result.Jobs.Computed, "job")} computed, {result.Jobs.Reused} reused, {Words.Seconds(result.Seconds)}.");
    }

    public static void Write(IAnsiConsole console, JobView job)
    {
        var result = job.Result;
        TextTable.Pairs(console,
        [
            ("job", job.JobId), ("kind", job.Kind), ("name", job.Name.Length > 0 ? job.Name : null), ("artifact", result?.Artifact),
            ("bytes", result is null ? null : Words.Bytes(result.ArtifactBytes)), ("seconds", result is null ? null : Words.Number(result.Seconds, "0.0")),
            .. (result?.Metrics ?? []).OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => (m.Key, (string?)Words.Metric(m.Key, m.Value))),
            .. (result?.Measurements ?? []).OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => ($"{m.Key} (measured)", (string?)Words.Metric(m.Key, m.Value))),
        ]);
    }
}
