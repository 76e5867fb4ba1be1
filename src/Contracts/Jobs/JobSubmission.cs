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
    /// <summary>The caller's name, where callers have names; null: nobody's.</summary>
    [Id(10)] public string? Submitter { get; init; }
}
