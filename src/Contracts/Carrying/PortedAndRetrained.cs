using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Contracts.Carrying;

/// <summary>A port of a finished study whose target was also retrained.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="Target">The model.</param>
/// <param name="Task">What both were measured by.</param>
/// <param name="PortGain">What was carried gained over the bare target.</param>
/// <param name="RetrainingGain">The best retraining gained over the bare target.</param>
public sealed record PortedAndRetrained(string Study, string Target, string Task, double PortGain, double RetrainingGain)
{
    /// <summary>Those of a study where retraining gained something; the others, such as what is forgotten, tell nothing of what a retraining brings.</summary>
    /// <param name="study">A study of language models; others have none.</param>
    /// <param name="kind">Whether a patch or a reward was carried.</param>
    /// <param name="metric">The figure that gains are of.</param>
    public static IEnumerable<PortedAndRetrained> In(StudyView study, ArtifactKind kind, string metric)
    {
        if (study is not { Spec: LanguageStudySpec spec, Result.Cells: { } cells }) yield break;
        var rows = cells.Where(row => row.Metric == metric).ToArray();
        string[] carrying = Titles(spec, method => kind == ArtifactKind.Patch ? method is PatchedStudyMethod { Merged: not true } : method is PortedStudyMethod { Weight: 1 });
        string[] retraining = Titles(spec, method => method is RetrainedStudyMethod), bare = Titles(spec, method => method is BareStudyMethod);
        var sign = CarryComparison.IsLowGood(metric) ? -1 : 1;
        foreach (var row in rows.Where(row => carrying.Contains(row.Method) && row.Source != row.Target))
        {
            StudyRow[] Same(string[] titles) => [.. rows.Where(other => titles.Contains(other.Method) && (other.Target, other.Task) == (row.Target, row.Task))];
            if (Same(bare) is not [var alone, ..] || Same(retraining) is not { Length: > 0 } tuned) continue;
            var best = tuned.Max(other => sign * (other.Mean - alone.Mean));
            if (best > 0) yield return new PortedAndRetrained(study.Name, row.Target, row.Task, sign * (row.Mean - alone.Mean), best);
        }
    }

    private static string[] Titles(LanguageStudySpec spec, Func<StudyMethod, bool> isOne) => [.. spec.Methods.Where(isOne).Select(method => method.Title())];
}
