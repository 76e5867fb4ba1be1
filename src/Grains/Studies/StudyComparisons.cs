using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Grains.Studies;

/// <summary>The comparison of a study of either form.</summary>
internal static class StudyComparisons
{
    /// <inheritdoc cref="StudyComparison.Compare"/>
    public static StudyResult Compare(string studyId, StudySubmission submission, IReadOnlyDictionary<string, JobResult> results) => submission.Spec switch
    {
        TransferStudySpec images => StudyComparison.Compare(studyId, images, results),
        LanguageStudySpec language => LanguageComparison.Compare(studyId, language, LanguageStudyPlanner.Plan(submission.Tenant, language, submission.Resolved, submission.Nonce), results),
        _ => throw new InvalidDataException($"{submission.Spec.GetType().Name} is not a study that can be compared."),
    };
}
