using Ptune.Contracts.Audit;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Studies;

/// <summary>A request for a study. <paramref name="Resolved"/> holds the digests of the aliases that the spec names.</summary>
[GenerateSerializer, Immutable, Alias("ptune.StudySubmission")]
public sealed record StudySubmission(string Tenant, IStudySpec Spec, Dictionary<string, string> Resolved, string? Nonce)
{
    /// <summary>Who asks, for the audit trail; null: nobody outside does.</summary>
    [Id(0)] public AuditStamp? By { get; init; }

    /// <summary>The device time that its new jobs are likely to take, in seconds by their ids, as far as it is known; null: nobody has asked.</summary>
    [Id(11)] public Dictionary<string, double>? Estimates { get; init; }

    /// <summary>The caller's name, where callers have names; null: nobody's.</summary>
    [Id(10)] public string? Submitter { get; init; }
}
