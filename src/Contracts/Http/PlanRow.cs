using Ptune.Contracts.Jobs;

namespace Ptune.Contracts.Http;

/// <summary>A job of a plan; <paramref name="Status"/> is null when the store does not know it.</summary>
/// <param name="Seconds">The estimated time on one device, from finished jobs of its kind; null where there are none, or nothing is to be computed.</param>
/// <param name="MemoryBytes">The estimated peak of memory, of a job on a language model; null where it is not known, or nothing is to be computed.</param>
/// <param name="DiskBytes">The estimated bytes of its artifact, of the checkpoints that are kept while it runs, and of weights that are converted for it, of a job on a language model; null as before.</param>
public sealed record PlanRow(string Key, string JobId, string Kind, string Name, string[] DependsOn, JobStatus? Status, double? Seconds = null, long? MemoryBytes = null, long? DiskBytes = null);
