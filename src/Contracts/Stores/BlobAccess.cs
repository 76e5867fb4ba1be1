namespace Ptune.Contracts.Stores;

/// <summary>What a worker that has no key of the account reads and creates blobs by, for a while.</summary>
/// <param name="Container">The container's address.</param>
/// <param name="Signature">A shared access signature: a query without its question mark. Who has it may read, list and create, but neither replace nor remove.</param>
/// <param name="Lifetime">How long it holds from when it was issued.</param>
[GenerateSerializer, Immutable, Alias("ptune.BlobAccess")]
public sealed record BlobAccess([property: Id(0)] Uri Container, [property: Id(1)] string Signature, [property: Id(2)] TimeSpan Lifetime);
