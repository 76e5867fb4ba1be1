namespace Ptune.Contracts.Http;

/// <summary>With whom an artifact is shared.</summary>
/// <param name="Owner">The tenant that it belongs to.</param>
/// <param name="With">Tenants, in ordinal order; <see cref="ShareRequest.All"/> stands for all.</param>
public sealed record ShareView(string Digest, string Owner, string[] With);
