using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Carrying;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Tests.Specs;

namespace Ptune.Contracts.Tests.Carrying;

public sealed class RetrainingEstimateTests
{
    /// <summary>Ratios 2, 2 and 4: each is estimated from the median of the others, so the errors are 1/2, 1/2 and 1/2.</summary>
    [Fact]
    public void Of_SeveralTargets_IsTheMedianRatioAndChecksItself()
    {
        var estimate = RetrainingEstimate.Of(0.5, [Pair(0.1, 0.2), Pair(0.3, 0.6), Pair(0.2, 0.8), Pair(-0.1, 0.4)]);

        Assert.Equal(new RetrainingEstimate(1, 1, 2, 3, 0.5, 1), estimate! with { Gain = Math.Round(estimate.Gain, 9), Lowest = Math.Round(estimate.Lowest, 9), Highest = Math.Round(estimate.Highest, 9), Error = Math.Round(estimate.Error!.Value, 9) });
        Assert.True(estimate.IsReliable);
    }

    [Fact]
    public void Of_OneTarget_CannotBeChecked() => Assert.True(RetrainingEstimate.Of(0.5, [Pair(0.1, 0.3)]) is { Pairs: 1, Error: null, IsReliable: false });

    [Fact]
    public void Of_NoTargetOrNoGain_IsNothing()
    {
        Assert.Null(RetrainingEstimate.Of(0.5, []));
        Assert.Null(RetrainingEstimate.Of(0.5, [Pair(-0.1, 0.3)]));
        Assert.Null(RetrainingEstimate.Of(0, [Pair(0.1, 0.3)]));
    }

    /// <summary>The best retraining counts; a carrying to the source itself, other methods and what was forgotten do not.</summary>
    [Fact]
    public void In_AStudy_FindsTargetsThatHaveBoth()
    {
        var study = Study(
            Row("bare", "small@v2", "letters", 3), Row("patched", "small@v2", "letters", 2.5, "small@v1"), Row("retrained", "small@v2", "letters", 2.2), Row("retrainedLora", "small@v2", "letters", 2),
            Row("bare", "small@v2", "numbers", 1), Row("patched", "small@v2", "numbers", 1.5, "small@v1"), Row("retrained", "small@v2", "numbers", 2), Row("retrainedLora", "small@v2", "numbers", 2),
            Row("bare", "small@v1", "letters", 3), Row("patched", "small@v1", "letters", 2, "small@v1"), Row("retrained", "small@v1", "letters", 2),
            Row("ported", "small@v2", "letters", 2.75, "small@v1"));

        Assert.Equal([new PortedAndRetrained("carried", "small@v2", "letters", 0.5, 1)], PortedAndRetrained.In(study, ArtifactKind.Patch, MetricNames.BitsPerByte));
        Assert.Equal([new PortedAndRetrained("carried", "small@v2", "letters", 0.25, 1)], PortedAndRetrained.In(study, ArtifactKind.Reward, MetricNames.BitsPerByte));
        Assert.Empty(PortedAndRetrained.In(study, ArtifactKind.Patch, MetricNames.Accuracy));
        Assert.Empty(PortedAndRetrained.In(study with { Result = null }, ArtifactKind.Patch, MetricNames.BitsPerByte));
    }

    private static PortedAndRetrained Pair(double port, double retraining) => new("study", "target", "task", port, retraining);

    private static StudyRow Row(string method, string target, string task, double mean, string? source = null) =>
        new() { Method = method, Source = source, Target = target, Task = task, Metric = MetricNames.BitsPerByte, Mean = mean, Values = [mean] };

    private static StudyView Study(params StudyRow[] rows)
    {
        var spec = (LanguageStudySpec)SpecReader.Read(LanguageStudySamples.Study).Spec! with
        {
            Methods = [new BareStudyMethod(), new PatchedStudyMethod(), new PortedStudyMethod(), new RetrainedStudyMethod(), new RetrainedStudyMethod { Name = "retrainedLora", Method = new LoraMethod() }],
        };
        return new StudyView
        {
            StudyId = "default.study",
            Name = "carried",
            Status = JobStatus.Succeeded,
            Version = 1,
            Spec = spec,
            Cells = [],
            Created = DateTimeOffset.UnixEpoch,
            Result = new StudyResult { Study = "carried", StudyId = "default.study", Seeds = [1], Splits = [], Targets = [], Jobs = new JobCounts(1, 0), Seconds = 1, Cells = rows },
        };
    }
}
