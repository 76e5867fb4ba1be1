using Ptune.Contracts.Identity;

namespace Ptune.Contracts.Audit;

/// <summary>Who asks for a change, as the audit trail names them.</summary>
/// <param name="Who">The caller's name.</param>
/// <param name="KeyId">The key that the caller used; null: none.</param>
/// <param name="Role">The caller's role; null: not known.</param>
/// <param name="From">The address that the request came from; null: not known.</param>
/// <param name="RequestId">The request's id, which the answer and the server's log name too.</param>
[GenerateSerializer, Immutable, Alias("ptune.AuditStamp")]
public sealed record AuditStamp(string Who, string? KeyId, string? Role, string? From, string RequestId)
{
    public static AuditStamp Of(Caller caller) => new(caller.Name, caller.KeyId, caller.Role.Word(), caller.From, caller.RequestId);
}
