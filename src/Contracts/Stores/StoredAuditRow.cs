namespace Ptune.Contracts.Stores;

/// <summary>A row of the audit trail as the store keeps it.</summary>
/// <param name="Sequence">Its place in its chain; 1 is the first.</param>
/// <param name="Key">Unique in its chain.</param>
/// <param name="Digest">The SHA-256 of <paramref name="Text"/>, in hexadecimal digits.</param>
/// <param name="Text">The row's JSON, which names the digest of the row before.</param>
public sealed record StoredAuditRow(long Sequence, string Key, string Digest, string Text);
