namespace Ptune.Contracts.Workers;

/// <summary>A worker's report.</summary>
/// <param name="Device">The kind of its devices: cpu or cuda.</param>
/// <param name="Executors">How many jobs it runs at a time.</param>
/// <param name="Running">The ids of the jobs that it runs.</param>
/// <param name="MemoryGiB">All the memory of each of its devices; the executors on a device share it. Null: not known.</param>
/// <param name="Labels">The labels that its operator gave it; null: none.</param>
[GenerateSerializer, Immutable, Alias("ptune.WorkerReport")]
public sealed record WorkerReport(
    string Pool, string Host, int ProcessId, string Device, int Executors, int Threads, string Version, string[] Running,
    double? MemoryGiB = null, Dictionary<string, string>? Labels = null);
