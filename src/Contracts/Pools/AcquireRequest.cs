using Ptune.Contracts.Jobs;

namespace Ptune.Contracts.Pools;

/// <summary>A worker with a free executor.</summary>
/// <param name="Device">The executor's device: cpu, cuda:0 and so on.</param>
/// <param name="WarmModels">Digests of artifacts in the worker's cache.</param>
/// <param name="MemoryGiB">All the memory of that device; the worker's executors on it share it. Null: not known.</param>
/// <param name="Labels">The labels that its operator gave it; null: none.</param>
/// <param name="Storing">The job that this executor has computed and whose result is still being stored: it needs the device no more. Null: none.</param>
/// <param name="Slot">Which of the slot's requests this is; null: an earlier version's worker, whose leases run out when the answer is lost.</param>
[GenerateSerializer, Immutable, Alias("ptune.AcquireRequest")]
public sealed record AcquireRequest(
    string WorkerId, string Device, string[] WarmModels, double? MemoryGiB = null, Dictionary<string, string>? Labels = null, string? Storing = null, SlotRequest? Slot = null);
