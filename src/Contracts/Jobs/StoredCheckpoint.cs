namespace Ptune.Contracts.Jobs;

/// <summary>A checkpoint in the blob store, to go on from.</summary>
[GenerateSerializer, Alias("ptune.StoredCheckpoint")]
public sealed record StoredCheckpoint(string Blob, string Digest, long Bytes, long Step, long Epoch);
