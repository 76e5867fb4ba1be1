using Ptune.Cli.Output;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Spectre.Console;

namespace Ptune.Cli.Report;

/// <summary>A run's result on stdout.</summary>
internal static class ResultTables
{
    private const string NotMeasured = "-";

    public static void Write(IAnsiConsole console, ReportData report)
    {
        if (report.Study is { Result: { } result } study) Write(console, result, study.Spec);
        else if (report.Sweep is { } sweep) SweepTables.Write(console, sweep);
        else Write(console, report.Jobs[0]);
    }

    public static void Write(IAnsiConsole console, StudyResult result, IStudySpec spec)
    {
        if (spec is LanguageStudySpec language) LanguageTables.Write(console, result, language);
        else Write(console, result, (TransferStudySpec)spec);
    }

    private static void Write(IAnsiConsole console, StudyResult result, TransferStudySpec spec)
    {
        var source = result.Source!;
        console.Line(Title(result, spec));
        console.Line();
        TextTable.Write(
            console,
            ["MODEL", ">BARE", ">REWARD ALONE", ">EFT", ">PORTED (PRT)", ">RETRAINED", ">KEPT"],
            [
                [$"{source.Model} (source)", Show(source.Bare), Show(source.RewardAlone), NotMeasured, Show(source.Prt), Show(source.Tuned), NotMeasured],
                .. result.Targets.Select(t => new[] { t.Model, Show(t.Bare), Show(t.RewardAlone), Show(t.Eft), Show(t.Ported), Show(t.Retrained), Kept(t) }),
            ]);
        console.Line();
        TextTable.Write(
            console,
            ["MODEL", ">KL FROM SOURCE", ">C (MAX)", ">P VS BARE", ">P VS REWARD ALONE", ">COST OF PORT", ">COST OF EFT"],
            result.Targets.Select(t => new[]
            {
                t.Model, Words.Figure(t.KlFromSource, "0.00"), $"{Words.Number(t.C, "0.0")} ({Words.Number(t.CMax, "0.0")})",
                PairedSummary.Of(t.Mcnemar.VsBare)?.ToString() ?? NotMeasured, PairedSummary.Of(t.Mcnemar.VsRewardAlone)?.ToString() ?? NotMeasured,
                Ratio(t.InferenceCost?.Ported), Ratio(t.InferenceCost?.Eft),
            }));
        console.Line();
        foreach (var line in Legend) console.Line(line);
        var verdicts = Verdicts.Of(result).ToList();
        if (verdicts.Count > 0) console.Line();
        foreach (var verdict in verdicts) console.Line(verdict);
        console.Line();
        console.Line($"{Words.Count(result.Jobs.Computed, "job")} computed, {result.Jobs.Reused} reused, {Words.Seconds(result.Seconds)}.");
    }

    /// <summary>What is compared on what.</summary>
    public static string Title(StudyResult result, TransferStudySpec spec)
    {
        var seeds = result.Seeds.Length == 1 ? "one seed" : $"mean ± sd over {result.Seeds.Length} seeds";
        return $"{result.Study}: accuracy in % on {Words.Count(result.N ?? 0, $"{result.EvaluatedOn} example")}, tuned on {Words.Count(spec.TuningExamples, "example")}, {seeds}";
    }

    public static IReadOnlyList<string> Legend { get; } =
    [
        "kept = (ported - bare) / (retrained - bare). For the source, ported is the reward on its own model, and retrained is the fine-tuned source.",
        PairedSummary.Explanation,
        "KL is KL(source || target) in nats and C = max_y e^r / E_source[e^r], averaged over the examples; both are known before porting.",
        "cost = inference time relative to the bare target, measured in the same process.",
    ];

    /// <summary>Percent, with the spread where the seeds differ.</summary>
    public static string Show(Accuracy accuracy) =>
        accuracy.Values.Length < 2 || accuracy.Values.All(v => v == accuracy.Values[0]) ? Words.Percent(accuracy.Mean) : $"{Words.Percent(accuracy.Mean)} ± {Words.Percent(accuracy.Sd)}";

    public static string Kept(TargetResult target) => target.KeptShare is { } share ? $"{Words.Number(share * 100, "0")} %" : NotMeasured;

    public static string Ratio(double? ratio) => ratio is { } value ? $"{Words.Number(value, "0.00")}x" : NotMeasured;

    public static void Write(IAnsiConsole console, JobView job)
    {
        var result = job.Result;
        TextTable.Pairs(console,
        [
            ("job", job.JobId), ("kind", job.Kind), ("name", job.Name.Length > 0 ? job.Name : null), ("artifact", result?.Artifact),
            ("bytes", result is null ? null : Words.Bytes(result.ArtifactBytes)), ("seconds", result is null ? null : Words.Number(result.Seconds, "0.0")),
            .. (result?.Metrics ?? []).OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => (m.Key, (string?)Words.Figure(m.Value, "0.######"))),
            .. (result?.Measurements ?? []).OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => ($"{m.Key} (measured)", (string?)Words.Figure(m.Value, "0.####"))),
        ]);
    }
}
