namespace Ptune.Contracts.Studies;

/// <summary>Everything that a study would compute, known before anything runs. Jobs stand after those that they depend on.</summary>
[GenerateSerializer, Alias("ptune.StudyPlan")]
public sealed record StudyPlan(string StudyId, PlannedJob[] Jobs);
