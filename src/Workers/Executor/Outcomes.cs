using Ptune.Contracts.Jobs;
using Ptune.Learning;
using Ptune.Learning.Jobs;
using Ptune.Protocol;

namespace Ptune.Executor;

/// <summary>What the learning library says, in the protocol's words.</summary>
internal static class Outcomes
{
    public static ArtifactDraft Draft(JobOutcome.Completed completed, string outputFolder) => new()
    {
        Kind = completed.Kind,
        Folder = completed.Files.Count > 0 ? outputFolder : null,
        OutputSpace = completed.OutputSpace,
        Labels = completed.Labels?.ToArray(),
        Metrics = completed.Metrics.ToDictionary(),
        Measurements = completed.Measurements.ToDictionary(),
        Curve = [.. completed.LossCurve],
        Attributes = completed.Attributes.ToDictionary(),
        Environment = completed.Environment,
        ResumedElsewhere = completed.ResumedElsewhere,
    };

    /// <summary>What a failure means for another attempt.</summary>
    public static RunOutcome Of(Exception failure, string? checkpoint) => failure switch
    {
        CheckpointException => RunOutcome.Refused(failure.Message),
        MalformedFileException malformed when malformed.File == checkpoint => RunOutcome.Refused(failure.Message),
        // This worker lacks the device; the job is not to blame.
        DeviceException => RunOutcome.Failed(FailureCause.Infrastructure, failure.Message),
        LearningException => RunOutcome.Failed(FailureCause.Invalid, failure.Message),
        DeviceMemoryException => RunOutcome.Failed(FailureCause.OutOfMemory, failure.Message),
        IOException or UnauthorizedAccessException => RunOutcome.Failed(FailureCause.Infrastructure, failure.Message),
        // A mistake in this program: another attempt may meet it again, and the job's attempts bound that.
        _ => RunOutcome.Failed(FailureCause.Crash, failure.ToString()),
    };
}
