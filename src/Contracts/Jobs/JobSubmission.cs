using Ptune.Contracts.Audit;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Jobs;

/// <summary>A request for a job.</summary>
/// <param name="Spec">The job; its inputs are digests or jobs.</param>
/// <param name="Asker">Who asks: a study's id as <c>study:ID</c>, or a client's name.</param>
/// <param name="Name">What to show people; a study's cell, say.</param>
/// <param name="Move">Whether the name under which the spec publishes may be taken from another artifact.</param>
[GenerateSerializer, Immutable, Alias("ptune.JobSubmission")]
public sealed record JobSubmission(JobSpec Spec, string Asker, string Name, bool Move = false)
{
    /// <summary>Who asks, for the audit trail; null: nobody outside does.</summary>
    [Id(0)] public AuditStamp? By { get; init; }

    /// <summary>The device time that it is likely to take, in seconds; null: not known, or not asked.</summary>
    [Id(11)] public double? EstimatedSeconds { get; init; }

    /// <summary>The trace that the job begins in, as a W3C traceparent; null: none.</summary>
    [Id(1)] public string? Trace { get; init; }

    /// <summary>The caller's name, where callers have names; null: nobody's.</summary>
    [Id(10)] public string? Submitter { get; init; }
}
