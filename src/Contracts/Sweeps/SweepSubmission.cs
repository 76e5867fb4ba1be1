using Ptune.Contracts.Audit;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Sweeps;

/// <summary>A request for a sweep. <paramref name="Resolved"/> holds the digests of the aliases that the job names.</summary>
[GenerateSerializer, Immutable, Alias("ptune.SweepSubmission")]
public sealed record SweepSubmission(string Tenant, SweepSpec Spec, Dictionary<string, string> Resolved, string? Nonce)
{
    /// <summary>Who asks, for the audit trail; null: nobody outside does.</summary>
    [Id(0)] public AuditStamp? By { get; init; }

    /// <summary>The device time that its new jobs are likely to take, in seconds by their ids, as far as it is known; null: nobody has asked.</summary>
    [Id(11)] public Dictionary<string, double>? Estimates { get; init; }

    /// <summary>What its rungs from the second on may take; null: nobody has asked.</summary>
    [Id(12)] public SweepRungCost[]? Later { get; init; }

    /// <summary>The caller's name, where callers have names; null: nobody's.</summary>
    [Id(10)] public string? Submitter { get; init; }
}
