namespace Ptune.Contracts.Jobs;

/// <summary>The lease, or why there is none.</summary>
/// <param name="Lease">The lease; null when it was refused.</param>
/// <param name="Denied">Why it was refused.</param>
/// <param name="IsPermitTaken">It was refused because another job has the permit.</param>
[GenerateSerializer, Alias("ptune.LeaseResult")]
public sealed record LeaseResult(Lease? Lease, string? Denied, bool IsPermitTaken = false)
{
    public static LeaseResult Granted(Lease lease) => new(lease, null);

    public static LeaseResult Refused(string reason, bool isPermitTaken = false) => new(null, reason, isPermitTaken);
}
