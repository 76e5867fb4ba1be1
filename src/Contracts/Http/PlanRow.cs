using Ptune.Contracts.Jobs;

namespace Ptune.Contracts.Http;

/// <summary>A job of a plan; <paramref name="Status"/> is null when the store does not know it.</summary>
/// <param name="Seconds">The estimated time on one device, from finished jobs of its kind; null where there are none, or nothing is to be computed.</param>
public sealed record PlanRow(string Key, string JobId, string Kind, string Name, string[] DependsOn, JobStatus? Status, double? Seconds = null);
