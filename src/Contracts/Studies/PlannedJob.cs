using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Studies;

/// <summary>A cell of a study's plan.</summary>
/// <param name="Key">Its place in the study (<see cref="StudyKeys"/>).</param>
/// <param name="DependsOn">The ids of the jobs that make its inputs.</param>
/// <param name="Alias">What its artifact is published as; null: nothing.</param>
[GenerateSerializer, Alias("ptune.PlannedJob")]
public sealed record PlannedJob(string Key, string JobId, string Name, JobSpec Spec, string[] DependsOn, string? Alias);
