using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Grains.Studies;

namespace Ptune.Grains.Tests.Studies;

public sealed class LanguageComparisonTests
{
    private static readonly StudySubmission Submission = new("default", LanguageSample.Study(), [], null);

    private static readonly PlannedJob[] Jobs = StudyPlans.Of("default", Submission.Spec, Submission.Resolved).Jobs;

    [Fact]
    public void Compare_AllCells_GathersFiguresAndCosts()
    {
        var results = Results();
        results["measured/lora/small@v1/small@v1/speeches/2"].Metrics[MetricNames.BitsPerByte] = 2.5;
        results["learnt/lora/small@v1/1"] = results["learnt/lora/small@v1/1"] with { Seconds = 10, ArtifactBytes = 1000, Measurements = new() { [MetricNames.PeakMemory] = 5e6 } };
        results["learnt/lora/small@v1/2"] = results["learnt/lora/small@v1/2"] with { Seconds = 20, ArtifactBytes = 1000, Measurements = new() { [MetricNames.PeakMemory] = 6e6 } };

        foreach (var (seed, ratio) in new[] { (1, 1.5), (2, 2.5) })
        {
            var key = $"measured/lora/small@v1/small@v1/speeches/{seed}";
            results[key] = results[key] with { Measurements = new() { [MetricNames.CostInference] = ratio, [MetricNames.DeploySeconds] = ratio / 10 } };
        }

        var result = StudyComparisons.Compare("id", Submission, results);

        var rows = result.Cells!;
        Assert.Equal(
            ["bare  small@v1", "bare  small@v2", "lora small@v1 small@v1", "patched small@v1 small@v2"],
            rows.Select(row => $"{row.Method} {row.Source} {row.Target}"));
        Assert.Equal((3.0, null, 1, null), (rows[0].Mean, rows[0].Sd, rows[0].Values.Length, rows[0].Cost));
        Assert.Equal((2.25, Math.Sqrt(0.125), 40L), (rows[2].Mean, rows[2].Sd!.Value, rows[2].N!.Value));
        Assert.Equal(("speeches", "bitsPerByte"), (rows[2].Task, rows[2].Metric));
        Assert.Equal(results["learnt/lora/small@v1/1"].Artifact, rows[2].Artifact);
        Assert.Equal(new RowCost { TrainingSeconds = 15, ArtifactBytes = 1000, PeakMemoryBytes = 6e6, InferenceRatio = 2, SecondsToDeploy = 0.2 }, rows[2].Cost);
        // The patch that is carried is the one that was learnt on the source.
        Assert.Equal(rows[2].Artifact, rows[3].Artifact);
        Assert.Equal(["bare", "bare", "lora", "patched"], result.Generations!.Select(text => text.Method));
        Assert.Equal(results["generation/lora/small@v1/small@v1"].Artifact, result.Generations![2].Artifact);
        Assert.Null(result.Source);
        Assert.Empty(result.Targets);
    }

    [Fact]
    public void Compare_Timing_IsTheCostOfEveryTask()
    {
        var submission = Submission with { Spec = LanguageSample.Study() with { Costs = true } };
        var results = StudyPlans.Of("default", submission.Spec, submission.Resolved).Jobs.ToDictionary(job => job.Key, job => StudyFigures.Of(job.Spec, job.Key));
        results["timing/patched/small@v1/small@v2"] = results["timing/patched/small@v1/small@v2"] with { Measurements = new() { [MetricNames.CostInference] = 1.25, [MetricNames.DeploySeconds] = 0.5 } };

        var rows = StudyComparisons.Compare("id", submission, results).Cells!.Where(row => row.Method == "patched");

        Assert.All(rows, row => Assert.Equal((1.25, 0.5), (row.Cost!.InferenceRatio, row.Cost.SecondsToDeploy)));
    }

    [Fact]
    public void Compare_PeakOfOneSeedNotMeasured_IsLeftOut()
    {
        var results = Results();
        results["learnt/lora/small@v1/1"].Measurements[MetricNames.PeakMemory] = 5e6;
        Assert.Null(StudyComparisons.Compare("id", Submission, results).Cells![2].Cost!.PeakMemoryBytes);
    }

    [Fact]
    public void Compare_FigureOrCellMissing_IsNamed()
    {
        var results = Results();
        results["measured/bare/small@v2/speeches"].Metrics.Remove(MetricNames.BitsPerByte);
        Assert.Equal("Cell measured/bare/small@v2/speeches has no metric 'bitsPerByte'.", Assert.Throws<InvalidDataException>(() => StudyComparisons.Compare("id", Submission, results)).Message);
        results.Remove("measured/bare/small@v1/speeches");
        Assert.Equal("Cell measured/bare/small@v1/speeches has no result.", Assert.Throws<InvalidDataException>(() => StudyComparisons.Compare("id", Submission, results)).Message);
    }

    [Fact]
    public void Compare_PairedTests_AreThoseOfEachSeed()
    {
        var rows = StudyComparisons.Compare("id", Submission, Results()).Cells!;

        Assert.Null(rows[0].Paired);
        Assert.Equal([new StudyPaired { Difference = -1, Low = -1.2, High = -0.8 }, new StudyPaired { Difference = -2, Low = -2.2, High = -1.8 }], rows[3].Paired!);
        // A study of an earlier version has no such cell.
        var before = Results();
        before.Remove("compared/speeches");
        Assert.All(StudyComparisons.Compare("id", Submission, before).Cells!, row => Assert.Null(row.Paired));
    }

    /// <summary>Along v1, v2, v3 the gain of the patch falls from 1 to 0.5; the weights that are tried and the risk on the probe stand beside it.</summary>
    [Fact]
    public void Compare_Chain_HasDriftFrontsAndRisks()
    {
        var study = LanguageSample.Study();
        study = study with
        {
            Models = new(study.Models) { ["small@v3"] = study.Models["small@v2"] with { Updates = "small@v2" } },
            Targets = ["small@v2", "small@v3"],
            Methods = [new BareStudyMethod(), new PatchedStudyMethod(), new PortedStudyMethod { Weights = [0.5] }],
            Probe = new StudyProbe(),
        };
        var submission = Submission with { Spec = study };
        var results = StudyPlans.Of("default", study, new Dictionary<string, string>()).Jobs.ToDictionary(job => job.Key, job => StudyFigures.Of(job.Spec, job.Key));
        foreach (var seed in study.Seeds) results[$"measured/patched/small@v1/small@v3/speeches/{seed}"].Metrics[MetricNames.BitsPerByte] = 2.4 + (0.1 * (seed - 1));

        var result = StudyComparisons.Compare("id", submission, results);

        var drift = Assert.Single(result.Drift!, drift => drift.Method == "patched");
        Assert.Equal(("small@v1", "speeches"), (drift.Source, drift.Task));
        Assert.Equal(["small@v2", "small@v3"], drift.Models);
        Assert.Equal([1, 2], drift.Updates);
        Assert.Equal(1, drift.Gains[0], 1e-9);
        Assert.Equal(0.55, drift.Gains[1], 1e-9);
        Assert.Equal(-0.45, drift.Slope!.Value, 1e-9);
        Assert.Equal(Math.Sqrt(0.005), drift.SlopeSd!.Value, 1e-9);
        Assert.Equal(["bare 0 small@v2", "ported 0.5 small@v2", "bare 0 small@v3", "ported 0.5 small@v3"], result.Fronts!.Select(point => FormattableString.Invariant($"{point.Method} {point.Weight} {point.Target}")));
        Assert.Equal([0, 0.4], result.Fronts!.Take(2).Select(point => point.KlMoved!.Value));
        Assert.Equal(["patched small@v2", "patched small@v3", "ported small@v2", "ported small@v3"], result.Risks!.Select(risk => $"{risk.Method} {risk.Target}"));
        Assert.Equal((0.1, 2.0, 9.0, 700L), (result.Risks![0].KlFromSource, result.Risks[0].C, result.Risks[0].CMax, result.Risks[0].Positions));
    }

    private static Dictionary<string, JobResult> Results() => Jobs.ToDictionary(job => job.Key, job => StudyFigures.Of(job.Spec, job.Key));
}
