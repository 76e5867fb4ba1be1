namespace Ptune.Contracts.Http;

/// <summary>How much of an upload the server has.</summary>
/// <param name="Sha256">The digest of the whole, 64 lower-case hexadecimal digits.</param>
/// <param name="Bytes">How many bytes are there, from the first on.</param>
/// <param name="Total">The length of the whole; null where nothing is there.</param>
/// <param name="IsComplete">All bytes are there, and their digest is right.</param>
public sealed record UploadView(string Sha256, long Bytes, long? Total, bool IsComplete);
