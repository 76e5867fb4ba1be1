using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;

namespace Ptune.Learning.Jobs;

/// <summary>Computes nothing: what is left is the way of a job.</summary>
internal static class NoOpJob
{
    public static JobOutcome Run(JobContext context) => new JobOutcome.Completed
    {
        Kind = ArtifactKind.Evaluation,
        Files = [],
        Metrics = new Dictionary<string, double>(),
        LossCurve = [],
        Attributes = new Dictionary<string, string>(),
        Measurements = new Dictionary<string, double> { [MetricNames.Seconds] = context.Seconds },
        Environment = context.Environment,
    };
}
