using Ptune.Contracts.Jobs;

namespace Ptune.Protocol;

/// <summary>What came out of a run.</summary>
public sealed record RunOutcome
{
    public required RunEnd End { get; init; }

    /// <summary>With <see cref="RunEnd.Completed"/>: what was made.</summary>
    public ArtifactDraft? Artifact { get; init; }

    /// <summary>With <see cref="RunEnd.Stopped"/>: the last checkpoint; null where the job had none to write.</summary>
    public CheckpointFile? Checkpoint { get; init; }

    /// <summary>With <see cref="RunEnd.Failed"/>: why, which decides about another attempt.</summary>
    public FailureCause? Cause { get; init; }

    /// <summary>With <see cref="RunEnd.Failed"/> and <see cref="RunEnd.CheckpointRefused"/>: what is wrong, in words.</summary>
    public string? Message { get; init; }

    public static RunOutcome Of(ArtifactDraft artifact) => new() { End = RunEnd.Completed, Artifact = artifact };

    public static RunOutcome Stopped(CheckpointFile? checkpoint) => new() { End = RunEnd.Stopped, Checkpoint = checkpoint };

    public static RunOutcome Failed(FailureCause cause, string message) => new() { End = RunEnd.Failed, Cause = cause, Message = message };

    public static RunOutcome Refused(string message) => new() { End = RunEnd.CheckpointRefused, Message = message };
}
