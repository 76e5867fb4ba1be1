using System.ComponentModel;
using Ptune.Contracts.Artifacts;

namespace Ptune.Contracts.Specs;

/// <summary>The share of questions whose likeliest choice is right. All three figures are in the result; one is shown.</summary>
[GenerateSerializer, Alias("ptune.MultipleChoiceStudyTask")]
public sealed record MultipleChoiceStudyTask : StudyTask
{
    [Id(0), Description("What makes a choice the likeliest: its log-probability (sum, the harness's acc), or that divided by its characters (perCharacter, acc_norm) or bytes (perByte, acc_bytes). Default: sum.")]
    public ChoiceNorm Norm { get; init; }

    public override TaskSpec Judged() => new MultipleChoiceTask();

    public override string Metric() => Norm switch
    {
        ChoiceNorm.PerCharacter => MetricNames.AccuracyPerCharacter,
        ChoiceNorm.PerByte => MetricNames.AccuracyPerByte,
        _ => MetricNames.Accuracy,
    };

    public override IEnumerable<string> Metrics() => new[] { Metric(), MetricNames.Accuracy, MetricNames.AccuracyPerCharacter, MetricNames.AccuracyPerByte }.Distinct();

    public override bool IsLessBetter() => false;
}
