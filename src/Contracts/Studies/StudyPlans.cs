using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Studies;

/// <summary>The plan of a study of either form.</summary>
public static class StudyPlans
{
    /// <inheritdoc cref="StudyPlanner.Plan"/>
    public static StudyPlan Of(string tenant, IStudySpec study, IReadOnlyDictionary<string, string> resolved, string? nonce = null, CancellationToken cancellation = default) => study switch
    {
        TransferStudySpec images => StudyPlanner.Plan(tenant, images, resolved, nonce, cancellation),
        LanguageStudySpec language => LanguageStudyPlanner.Plan(tenant, language, resolved, nonce, cancellation).Plan,
        _ => throw new ArgumentException($"{study.GetType().Name} is not a study that can be planned.", nameof(study)),
    };

    /// <summary>The aliases that a study names.</summary>
    public static IEnumerable<string> Aliases(IStudySpec study) => study.Artifacts().Select(a => a.Artifact).Where(InputRef.IsAlias).Distinct();
}
