using Ptune.Contracts.Artifacts;

namespace Ptune.Contracts.Specs;

/// <summary>The share of texts whose label a model finds likeliest, of the labels that the data have.</summary>
[GenerateSerializer, Alias("ptune.AccuracyStudyTask")]
public sealed record AccuracyStudyTask : StudyTask
{
    public override TaskSpec Judged() => new AccuracyTask();

    public override string Metric() => MetricNames.Accuracy;

    public override bool IsLessBetter() => false;
}
