namespace Ptune.Contracts.Studies;

/// <summary>A language study's jobs, and what its result is made of.</summary>
/// <param name="Plan">The jobs.</param>
/// <param name="Arms">Each method at each pair of models, in the order of the spec.</param>
/// <param name="Fronts">Each weight that is tried.</param>
public sealed record LanguageStudyPlan(StudyPlan Plan, StudyArm[] Arms, StudyFrontArm[] Fronts);
