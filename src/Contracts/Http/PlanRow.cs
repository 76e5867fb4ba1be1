using Ptune.Contracts.Jobs;

namespace Ptune.Contracts.Http;

/// <summary>A job of a plan; <paramref name="Status"/> is null when the store does not know it.</summary>
public sealed record PlanRow(string Key, string JobId, string Kind, string Name, string[] DependsOn, JobStatus? Status);
