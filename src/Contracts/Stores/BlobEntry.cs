namespace Ptune.Contracts.Stores;

/// <summary>A blob in a listing.</summary>
public readonly record struct BlobEntry(string Name, long Bytes, DateTimeOffset Created);
