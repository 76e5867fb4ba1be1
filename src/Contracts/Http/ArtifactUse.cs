namespace Ptune.Contracts.Http;

/// <summary>Why an artifact is not removed.</summary>
/// <param name="Kind">name, share, job, study, sweep or artifact.</param>
/// <param name="Id">The name, the tenant, the id, or the digest.</param>
/// <param name="Detail">How it uses the artifact, in words.</param>
public sealed record ArtifactUse(string Kind, string Id, string Detail);
