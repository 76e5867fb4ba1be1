namespace Ptune.Contracts.Workers;

/// <summary>A worker as the API shows it.</summary>
[GenerateSerializer, Immutable, Alias("ptune.WorkerView")]
public sealed record WorkerView(string WorkerId, WorkerReport Report, DateTimeOffset Joined, DateTimeOffset Seen, WorkerOrder Order);
