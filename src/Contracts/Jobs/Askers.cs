namespace Ptune.Contracts.Jobs;

/// <summary>How those who ask for jobs are named.</summary>
public static class Askers
{
    public const string StudyPrefix = "study:";

    public const string SweepPrefix = "sweep:";

    /// <summary>Before the name of a caller with a key or a login.</summary>
    public const string CallerPrefix = "caller:";

    /// <summary>The asker as people read it: a caller by its name, everybody else as it is.</summary>
    public static string NameOf(string asker) => asker.StartsWith(CallerPrefix, StringComparison.Ordinal) ? asker[CallerPrefix.Length..] : asker;

    public static string Study(string studyId) => StudyPrefix + studyId;

    public static string? StudyId(string asker) => asker.StartsWith(StudyPrefix, StringComparison.Ordinal) ? asker[StudyPrefix.Length..] : null;

    public static string Sweep(string sweepId) => SweepPrefix + sweepId;

    public static string? SweepId(string asker) => asker.StartsWith(SweepPrefix, StringComparison.Ordinal) ? asker[SweepPrefix.Length..] : null;
}
