namespace Ptune.Contracts.Http;

/// <summary>A named model.</summary>
public sealed record ModelView(string Alias, string Digest, string? Architecture, string? OutputSpace, int Labels, string JobId, long Bytes, DateTimeOffset Published);
