using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Charts;

/// <summary>A study's result in words.</summary>
public static class ResultTables
{
    public const string NotMeasured = "-";

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
}
