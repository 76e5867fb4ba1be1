namespace Ptune.Contracts.Jobs;

/// <summary>How those who ask for jobs are named.</summary>
public static class Askers
{
    public const string StudyPrefix = "study:";

    public static string Study(string studyId) => StudyPrefix + studyId;

    public static string? StudyId(string asker) => asker.StartsWith(StudyPrefix, StringComparison.Ordinal) ? asker[StudyPrefix.Length..] : null;
}
