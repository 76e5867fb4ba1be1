namespace Ptune.Contracts.Stores;

/// <summary>Rows were not added to a chain of the audit trail, because it has a row at one of their places.</summary>
public sealed class AuditSequenceTakenException(string chain, long sequence) : IOException($"the audit chain {chain} has a row {sequence} already");
