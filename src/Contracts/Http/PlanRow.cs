using Ptune.Contracts.Jobs;

namespace Ptune.Contracts.Http;

/// <summary>A job of a plan; <paramref name="Status"/> is null when the store does not know it.</summary>
/// <param name="Seconds">What it is likely to take on one device, by the finished jobs of its sort; null where there are none, or nothing is to be computed.</param>
public sealed record PlanRow(string Key, string JobId, string Kind, string Name, string[] DependsOn, JobStatus? Status, double? Seconds = null);
