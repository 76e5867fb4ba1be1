using Ptune.Contracts.Identity;

namespace Ptune.Contracts.Http;

/// <summary>A new API key.</summary>
/// <param name="Key">The whole key, <c>ID.SECRET</c>. It is told this once; the server keeps a hash of the secret.</param>
/// <param name="Details">What the server knows of it.</param>
public sealed record ApiKeyCreated(string Key, ApiKeyView Details);
