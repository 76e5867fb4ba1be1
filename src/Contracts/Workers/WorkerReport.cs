namespace Ptune.Contracts.Workers;

/// <summary>What a worker says of itself.</summary>
/// <param name="Executors">How many jobs it runs at a time.</param>
/// <param name="Running">The ids of the jobs in its hands.</param>
[GenerateSerializer, Alias("ptune.WorkerReport")]
public sealed record WorkerReport(string Pool, string Host, int ProcessId, string Device, int Executors, int Threads, string Version, string[] Running);
