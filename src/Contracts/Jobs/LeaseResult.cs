namespace Ptune.Contracts.Jobs;

/// <summary>The lease, or why there is none.</summary>
[GenerateSerializer, Immutable, Alias("ptune.LeaseResult")]
public sealed record LeaseResult(Lease? Lease, string? Denied)
{
    public static LeaseResult Granted(Lease lease) => new(lease, null);

    public static LeaseResult Refused(string reason) => new(null, reason);
}
