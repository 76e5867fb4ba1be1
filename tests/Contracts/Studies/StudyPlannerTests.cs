using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Tests.Specs;

namespace Ptune.Contracts.Tests.Studies;

public sealed class StudyPlannerTests
{
    private static readonly TransferStudySpec Study = (TransferStudySpec)SpecReader.Read(Samples.Study).Spec!;

    private static StudyPlan Plan(TransferStudySpec study) => StudyPlanner.Plan(JobIds.DefaultTenant, study, new Dictionary<string, string>());

    [Fact]
    public void Plan_OfAStudy_ScoresEachModelAndRewardOnce()
    {
        var keys = Plan(Study).Jobs.Select(j => j.Key).ToArray();

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(2, keys.Count(k => k.StartsWith("scores/model/", StringComparison.Ordinal)));
        Assert.Equal(3, keys.Count(k => k.StartsWith("scores/reward/", StringComparison.Ordinal)));
        Assert.Equal(6, keys.Count(k => k.StartsWith("scores/tuned/", StringComparison.Ordinal)));
        Assert.Equal(6, keys.Count(k => k.StartsWith("evaluation/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Plan_OfAStudy_PutsEachJobAfterItsInputs()
    {
        var seen = new HashSet<string>();
        foreach (var job in Plan(Study).Jobs)
        {
            Assert.All(job.DependsOn, id => Assert.Contains(id, seen));
            seen.Add(job.JobId);
        }
    }

    [Fact]
    public void Plan_WithOneMoreTarget_KeepsEveryEarlierJob()
    {
        var more = Study with
        {
            Models = new(Study.Models) { ["cnn@v1"] = new StudyModel { Architecture = new CnnSpec(), Pretraining = new StudyPretraining { Recipe = new TrainingRecipe() } } },
            Targets = [.. Study.Targets, "cnn@v1"],
        };

        var before = Plan(Study).Jobs.Select(j => j.JobId).ToHashSet();
        var after = Plan(more).Jobs.Select(j => j.JobId).ToHashSet();

        Assert.Superset(before, after);
        Assert.NotEqual(Plan(Study).StudyId, Plan(more).StudyId);
    }

    [Fact]
    public void Plan_WithAModelFromTheStore_UsesItsDigest()
    {
        var digest = Digest.Of("model");
        var study = Study with { Models = new(Study.Models) { ["mlp@v1"] = new StudyModel { Artifact = "other@v3" } } };

        var plan = StudyPlanner.Plan(JobIds.DefaultTenant, study, new Dictionary<string, string> { ["other@v3"] = digest });

        Assert.DoesNotContain(plan.Jobs, j => j.Key == StudyKeys.Pretraining("mlp@v1"));
        var scoring = (ScoringSpec)plan.Jobs.Single(j => j.Key == StudyKeys.ModelScores("mlp@v1")).Spec;
        Assert.Equal(digest, scoring.Subject);
    }
}
