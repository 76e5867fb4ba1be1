using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Grains.Tests.Studies;

/// <summary>Results such as the cells of a study make, with figures that a test can check by hand.</summary>
internal static class StudyFigures
{
    public static JobResult Of(JobSpec spec, string content) => spec switch
    {
        FineTuningSpec { Method: LoraMethod } => Sample.Result(content, ArtifactKind.Patch),
        PretrainingSpec or FineTuningSpec => Sample.Result(content, ArtifactKind.Model) with { Attributes = new() { ["splits.pretraining"] = "sha-p" } },
        RewardTuningSpec => Sample.Result(content, ArtifactKind.Reward),
        ComparisonSpec compared => Sample.Result(content, metrics: new(compared.Groups.SelectMany((group, g) => group.After.SelectMany((_, i) => new[]
        {
            KeyValuePair.Create(MetricNames.Paired(g, i, "bitsPerByte.difference"), -1.0 - i), KeyValuePair.Create(MetricNames.Paired(g, i, "bitsPerByte.low"), -1.2 - i), KeyValuePair.Create(MetricNames.Paired(g, i, "bitsPerByte.high"), -0.8 - i),
        })))),
        EvaluationSpec { Source: not null } => Sample.Result(content, metrics: new() { [MetricNames.KlFromSource] = 0.1, [MetricNames.CMean] = 2, [MetricNames.CMax] = 9, [MetricNames.KlMoved] = 0.4, [MetricNames.RiskPositions] = 700 }),
        EvaluationSpec { Subject: not null } language => Sample.Result(content, metrics: new() { [MetricNames.Count] = 40, [MetricNames.BitsPerByte] = language.Patch is null ? 3 : 2 }),
        GenerationSpec => Sample.Result(content, ArtifactKind.Generation),
        ScoringSpec => Sample.Result(content, ArtifactKind.Scores),
        EvaluationSpec { Models: not null } => Sample.Result(content) with { Measurements = new() { [MetricNames.CostPorted] = 2.5, [MetricNames.CostEft] = 3.5 } },
        _ => Evaluation(content, 0),
    };

    public static JobResult Evaluation(string content, double more) => Sample.Result(content, metrics: new()
    {
        [MetricNames.Count] = 1000,
        [MetricNames.AccuracyBare] = 0.50 + more,
        [MetricNames.AccuracyRewardAlone] = 0.40 + more,
        [MetricNames.AccuracyEft] = 0.60 + more,
        [MetricNames.AccuracyPorted] = 0.65 + more,
        [MetricNames.AccuracyRetrained] = 0.70 + more,
        [MetricNames.McNemarVsBareB] = 200,
        [MetricNames.McNemarVsBareC] = 50,
        [MetricNames.McNemarVsBareP] = 0.001,
        [MetricNames.McNemarVsRewardAloneB] = 300,
        [MetricNames.McNemarVsRewardAloneC] = 60,
        [MetricNames.McNemarVsRewardAloneP] = 0.002,
        [MetricNames.KlFromSource] = 1.5,
        [MetricNames.CMean] = 4 + more,
        [MetricNames.CMax] = 9 + more,
    }) with
    { Attributes = new() { ["splits.test"] = "sha-t" } };
}
