namespace Ptune.Contracts.Stores;

/// <summary>A blob in a listing.</summary>
/// <param name="Created">When it was written or, if that was later, renewed (<see cref="IBlobStore.RenewAsync"/>).</param>
public readonly record struct BlobEntry(string Name, long Bytes, DateTimeOffset Created);
