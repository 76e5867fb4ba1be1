using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Grains.Studies;

/// <summary>
/// From the cells' figures to the comparison. Every accuracy is over the same split; means and spreads are over the seeds; what the port
/// keeps of the retrained gain is a ratio of means, so that a seed with a small gain does not rule it.
/// </summary>
internal static class StudyComparison
{
    /// <param name="results">Cell key (<see cref="StudyKeys"/>) to what its job made.</param>
    /// <returns>The comparison, with the counts and the time still to be filled in.</returns>
    /// <exception cref="InvalidDataException">A cell or one of its figures is missing, or two cells disagree; the message names them.</exception>
    public static StudyResult Compare(string studyId, TransferStudySpec study, IReadOnlyDictionary<string, JobResult> results)
    {
        var figures = new Figures(study.Seeds, results);
        return new StudyResult
        {
            Study = study.Name,
            StudyId = studyId,
            Seeds = study.Seeds,
            Splits = SplitDigests.Of(results),
            EvaluatedOn = study.EvaluateOn.ToString().ToLowerInvariant(),
            N = figures.Count(study.Source),
            Source = Source(study.Source, figures),
            Targets = [.. study.Targets.Select(target => Target(target, figures))],
            Jobs = new JobCounts(0, 0),
            Seconds = 0,
            Cells = ImageRows.Of(study, results),
        };
    }

    private static SourceResult Source(string model, Figures figures) => new(
        model,
        figures.Accuracy(model, MetricNames.AccuracyBare),
        figures.Accuracy(model, MetricNames.AccuracyRetrained),
        figures.Accuracy(model, MetricNames.AccuracyPorted),
        figures.Accuracy(model, MetricNames.AccuracyRewardAlone));

    private static TargetResult Target(string model, Figures figures)
    {
        var (bare, ported, retrained) =
            (figures.Accuracy(model, MetricNames.AccuracyBare), figures.Accuracy(model, MetricNames.AccuracyPorted), figures.Accuracy(model, MetricNames.AccuracyRetrained));
        return new TargetResult
        {
            Model = model,
            Bare = bare,
            RewardAlone = figures.Accuracy(model, MetricNames.AccuracyRewardAlone),
            Eft = figures.Accuracy(model, MetricNames.AccuracyEft),
            Ported = ported,
            Retrained = retrained,
            KeptShare = retrained.Mean > bare.Mean ? (ported.Mean - bare.Mean) / (retrained.Mean - bare.Mean) : null,
            Mcnemar = new PairedTests(
                figures.McNemar(model, MetricNames.McNemarVsBareB, MetricNames.McNemarVsBareC, MetricNames.McNemarVsBareP),
                figures.McNemar(model, MetricNames.McNemarVsRewardAloneB, MetricNames.McNemarVsRewardAloneC, MetricNames.McNemarVsRewardAloneP)),
            KlFromSource = figures.Each(model, MetricNames.KlFromSource).Average(),
            C = figures.Each(model, MetricNames.CMean).Average(),
            CMax = figures.Each(model, MetricNames.CMax).Max(),
            InferenceCost = figures.Cost(model),
        };
    }
}
