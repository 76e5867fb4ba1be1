namespace Ptune.Contracts.Audit;

/// <summary>A change was not written into the audit trail. It is written later where its grain keeps it; the caller is told to ask again.</summary>
[GenerateSerializer, Alias("ptune.AuditUnavailableException")]
public sealed class AuditUnavailableException(string message) : IOException(message);
