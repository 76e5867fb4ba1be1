namespace Ptune.Contracts.Jobs;

/// <summary>A pool's request to give the job to a worker.</summary>
[GenerateSerializer, Immutable, Alias("ptune.LeaseRequest")]
public sealed record LeaseRequest(string WorkerId);
