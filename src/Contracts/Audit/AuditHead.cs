namespace Ptune.Contracts.Audit;

/// <summary>What a chain's grain knows of its ends. It is kept apart from the rows, so that missing rows are noticed.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Sequence">The newest row; 0: there is none.</param>
/// <param name="Digest">The newest row's digest; empty: there is none.</param>
/// <param name="Start">The oldest row that is kept: those before it were removed by the retention policy.</param>
/// <param name="Before">The digest of the row before <paramref name="Start"/>; empty: there was none.</param>
[GenerateSerializer, Immutable, Alias("ptune.AuditHead")]
public sealed record AuditHead(string Chain, long Sequence, string Digest, long Start, string Before);
