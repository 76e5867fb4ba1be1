using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Sweeps;

/// <summary>A request for a sweep. <paramref name="Resolved"/> holds the digests of the aliases that the job names.</summary>
[GenerateSerializer, Immutable, Alias("ptune.SweepSubmission")]
public sealed record SweepSubmission(string Tenant, SweepSpec Spec, Dictionary<string, string> Resolved, string? Nonce)
{
    /// <summary>The caller's name, where callers have names; null: nobody's.</summary>
    [Id(10)] public string? Submitter { get; init; }
}
