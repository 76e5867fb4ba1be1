using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Tests.Specs;

namespace Ptune.Contracts.Tests.Studies;

public sealed class LanguageStudyPlannerTests
{
    private static readonly LanguageStudySpec Study = (LanguageStudySpec)SpecReader.Read(LanguageStudySamples.Study).Spec!;

    private static readonly string Stored = Digest.Of("stored");

    private static LanguageStudyPlan Plan(LanguageStudySpec study) =>
        LanguageStudyPlanner.Plan(JobIds.DefaultTenant, study, new Dictionary<string, string> { ["other@v3"] = Stored });

    [Fact]
    public void Plan_OfAStudy_HasTheCellsOfItsMethods()
    {
        var keys = Plan(Study).Plan.Jobs.Select(job => job.Key).ToArray();

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(["pretraining/small@v1", "pretraining/small@v2"], keys.Where(key => key.StartsWith("pretraining/", StringComparison.Ordinal)));
        // Bare is measured once, everything else for each seed; what patched hangs on is what lora has learnt.
        Assert.Equal(
            ["learnt/full/small@v1/1", "learnt/full/small@v1/2", "learnt/lora/small@v1/1", "learnt/lora/small@v1/2", "learnt/retrained/small@v2/1", "learnt/retrained/small@v2/2", "learnt/retrained/stored@v1/1", "learnt/retrained/stored@v1/2"],
            keys.Where(key => key.StartsWith("learnt/", StringComparison.Ordinal)));
        Assert.Equal(["measured/bare/small@v1/king-james", "measured/bare/small@v2/king-james", "measured/bare/stored@v1/king-james"], keys.Where(key => key.StartsWith("measured/bare/", StringComparison.Ordinal) && key.EndsWith("king-james", StringComparison.Ordinal)));
        Assert.Equal(8, keys.Count(key => key.StartsWith("generation/", StringComparison.Ordinal)));
        Assert.Contains("measured/patched/small@v1/small@v2/forgetting/2", keys);
    }

    [Fact]
    public void Plan_OfAStudy_PutsEachJobAfterItsInputs()
    {
        var seen = new HashSet<string>();
        foreach (var job in Plan(Study).Plan.Jobs)
        {
            Assert.All(job.DependsOn, id => Assert.Contains(id, seen));
            seen.Add(job.JobId);
        }
    }

    [Fact]
    public void Plan_Patched_HangsTheSourcesPatchOnTheTarget()
    {
        var jobs = Plan(Study).Plan.Jobs.ToDictionary(job => job.Key);

        var evaluation = Assert.IsType<EvaluationSpec>(jobs["measured/patched/small@v1/small@v2/king-james/1"].Spec);
        Assert.Equal(InputRef.ToJob(jobs["pretraining/small@v2"].JobId), evaluation.Subject);
        Assert.Equal(InputRef.ToJob(jobs["learnt/lora/small@v1/1"].JobId), evaluation.Patch);
        Assert.Equal((Split.Test, 128), (evaluation.Data.Split, evaluation.Data.MaxTokens));
        Assert.Equal(Stored, ((FineTuningSpec)jobs["learnt/retrained/stored@v1/1"].Spec).Base);
    }

    [Fact]
    public void Plan_Update_ContinuesTheOlderModelAndHasItsArchitecture()
    {
        var jobs = Plan(Study).Plan.Jobs.ToDictionary(job => job.Key);

        var update = Assert.IsType<PretrainingSpec>(jobs["pretraining/small@v2"].Spec);
        Assert.Equal(InputRef.ToJob(jobs["pretraining/small@v1"].JobId), update.Continues);
        Assert.Equal(((PretrainingSpec)jobs["pretraining/small@v1"].Spec).Architecture, update.Architecture);
        Assert.Equal("small@v2", jobs["pretraining/small@v2"].Alias);
    }

    /// <summary>A reward is trained once for each source and seed, whatever it is carried to; EFT carries what full tuning makes.</summary>
    [Fact]
    public void Plan_CarriedRewards_AreTrainedOnceAndReadBesideEachTarget()
    {
        var plan = Plan(Carrying);
        var jobs = plan.Plan.Jobs.ToDictionary(job => job.Key);
        string Of(string key) => InputRef.ToJob(jobs[key].JobId);

        Assert.Equal(
            ["learnt/full/small@v1/1", "learnt/full/small@v1/2", "learnt/rewardAlone/small@v1/1", "learnt/rewardAlone/small@v1/2", "learnt/portedLora/small@v1/1", "learnt/portedLora/small@v1/2"],
            jobs.Keys.Where(key => key.StartsWith("learnt/", StringComparison.Ordinal)));
        var reward = Assert.IsType<RewardTuningSpec>(jobs["learnt/portedLora/small@v1/2"].Spec);
        Assert.Equal((Of("pretraining/small@v1"), 2L, 128, new LoraMethod { Rank = 4, Alpha = 8 }), (reward.Source, reward.Seed, reward.Data.MaxTokens!.Value, reward.Method));

        var ported = Assert.IsType<EvaluationSpec>(jobs["measured/ported/small@v1/stored@v1/king-james/1"].Spec);
        Assert.Equal(new RewardUse { Reward = Of("learnt/rewardAlone/small@v1/1"), Weight = 0.7 }, Assert.Single(ported.Rewards!));
        var lora = Assert.IsType<EvaluationSpec>(jobs["measured/portedLora/small@v1/small@v2/king-james/1"].Spec);
        Assert.Equal((Of("pretraining/small@v2"), Of("pretraining/small@v1")), (lora.Subject, Assert.Single(lora.Rewards!).Source));
        Assert.Equal(Stored, ported.Subject);
        var alone = Assert.IsType<EvaluationSpec>(jobs["measured/rewardAlone/small@v1/small@v1/king-james/1"].Spec);
        Assert.Equal((null, Of("learnt/rewardAlone/small@v1/1")), (alone.Subject, Assert.Single(alone.Rewards!).Reward));
        var eft = Assert.IsType<EvaluationSpec>(jobs["measured/eft/small@v1/small@v2/king-james/2"].Spec);
        Assert.Equal(new EmulatedUse { Tuned = Of("learnt/full/small@v1/2"), Source = Of("pretraining/small@v1") }, eft.Emulated);
        Assert.Equal(0.7, Assert.IsType<GenerationSpec>(jobs["generation/ported/small@v1/small@v2"].Spec).Rewards![0].Weight);
        Assert.Equal(["rewardAlone"], plan.Arms.Where(arm => arm.Generation is null).Select(arm => arm.Method.Title()));
        Assert.True(LanguageStudyPlanner.Bound(Carrying, 10_000) >= plan.Plan.Jobs.Length);
    }

    [Fact]
    public void Plan_RewardOfItsOwnArchitecture_BeginsFresh()
    {
        var own = new Gpt2Spec { Layers = 1, Width = 48, Heads = 4, Context = 128 };

        var reward = Assert.IsType<RewardTuningSpec>(Plan(Study with { Methods = [new PortedStudyMethod { Architecture = own }] }).Plan.Jobs.Single(job => job.Key == "learnt/ported/small@v1/1").Spec);

        Assert.Equal((own, RewardInitialization.Scratch), ((Gpt2Spec)reward.Architecture!, reward.Initialization));
    }

    private static LanguageStudySpec Carrying => Study with
    {
        Methods = [new FullStudyMethod(), new RewardAloneStudyMethod(), new PortedStudyMethod { Weight = 0.7 }, new PortedStudyMethod { Name = "portedLora", Lora = new LoraMethod { Rank = 4 } }, new EftStudyMethod()],
    };

    /// <summary>Costs are measured once for each method on each target, and only where the study asks.</summary>
    [Fact]
    public void Plan_Costs_AreTimedOnceForEachMethodAndTarget()
    {
        var plan = Plan(Carrying with { Costs = true });
        var jobs = plan.Plan.Jobs.ToDictionary(job => job.Key);
        string Of(string key) => InputRef.ToJob(jobs[key].JobId);
        TimingSpec Timed(string key) => Assert.IsType<TimingSpec>(jobs[key].Spec);

        Assert.Equal(
            ["timing/full/small@v1/small@v1", "timing/rewardAlone/small@v1/small@v1", "timing/ported/small@v1/small@v2", "timing/ported/small@v1/stored@v1", "timing/portedLora/small@v1/small@v2", "timing/portedLora/small@v1/stored@v1", "timing/eft/small@v1/small@v2", "timing/eft/small@v1/stored@v1"],
            jobs.Keys.Where(key => key.StartsWith("timing/", StringComparison.Ordinal)));
        // A model that was tuned whole costs what the bare one does; a reward alone stands in its source's place.
        Assert.Null(Timed("timing/full/small@v1/small@v1").Against);
        Assert.Equal((null, Of("pretraining/small@v1")), (Timed("timing/rewardAlone/small@v1/small@v1").Subject, Timed("timing/rewardAlone/small@v1/small@v1").Against));
        var ported = Timed("timing/ported/small@v1/small@v2");
        Assert.Equal((Of("pretraining/small@v2"), ported.Subject), (ported.Against, ported.Subject));
        Assert.Equal(Of("learnt/rewardAlone/small@v1/1"), Assert.Single(ported.Rewards!).Reward);
        Assert.Equal("timing/eft/small@v1/stored@v1", plan.Arms.Single(arm => arm.Method is EftStudyMethod && arm.Pair.Target == "stored@v1").Timing);
        Assert.Equal(plan.Plan.Jobs.Length - 8, Plan(Carrying).Plan.Jobs.Length);
        Assert.True(LanguageStudyPlanner.Bound(Carrying with { Costs = true }, 10_000) >= plan.Plan.Jobs.Length);
    }

    /// <summary>What needs no training on a target: merged weights, controls of what was tuned, several rewards, and examples that are shown.</summary>
    [Fact]
    public void Plan_OtherWays_AreMadeFromWhatWasTuned()
    {
        var plan = Plan(Others);
        var jobs = plan.Plan.Jobs.ToDictionary(job => job.Key);
        string Of(string key) => InputRef.ToJob(jobs[key].JobId);

        var merging = Assert.IsType<MergingSpec>(jobs["merged/difference/small@v2/2"].Spec);
        Assert.Equal(new WeightDifference { Tuned = Of("learnt/difference/small@v1/2"), Source = Of("pretraining/small@v1"), Weight = 0.5 }, merging.Difference);
        Assert.Equal(Of("merged/difference/small@v2/2"), Assert.IsType<EvaluationSpec>(jobs["measured/difference/small@v1/small@v2/king-james/2"].Spec).Subject);
        Assert.Equal(Of("learnt/patched/small@v1/1"), Assert.IsType<MergingSpec>(jobs["merged/patched/small@v2/1"].Spec).Patch);
        // The control of a patch that another method tunes is made from that very patch.
        var control = Assert.IsType<RandomControlSpec>(jobs["random/learnt/patched/small@v1/1"].Spec);
        Assert.Equal((Of("learnt/patched/small@v1/1"), ArtifactKind.Patch, 1L), (control.Artifact, control.ArtifactKind, control.Seed));
        Assert.Equal(Of("random/learnt/patched/small@v1/1"), Assert.IsType<EvaluationSpec>(jobs["measured/randomPatch/small@v1/small@v2/king-james/1"].Spec).Patch);
        Assert.Equal(Of("random/learnt/randomReward/small@v1/2"), Assert.IsType<EvaluationSpec>(jobs["measured/randomReward/small@v1/stored@v1/king-james/2"].Spec).Rewards![0].Reward);
        var two = Assert.IsType<EvaluationSpec>(jobs["measured/ported/small@v1/small@v2/king-james/1"].Spec).Rewards!;
        Assert.Equal([0.7, 0.4], two.Select(use => use.Weight));
        Assert.Equal([Of("learnt/randomReward/small@v1/1"), Of("learnt/ported/small@v1/1")], two.Select(use => use.Reward));
        Assert.Equal("Speeches", Assert.IsType<RewardTuningSpec>(jobs["learnt/ported/small@v1/1"].Spec).Data.Dataset.Name);
        var prompted = Assert.IsType<EvaluationSpec>(jobs["measured/prompted/small@v1/king-james/2"].Spec).FewShot!;
        Assert.Equal((3, 2L, Split.Tuning, 200), (prompted.Count, prompted.Seed, prompted.Data.Split, prompted.Data.Count));
        Assert.True(LanguageStudyPlanner.Bound(Others, 10_000) >= plan.Plan.Jobs.Length);
        Assert.Empty(StudyRefusals.Of(Others));
    }

    /// <summary>What does not fit is left out, and the plan says which tensors; what the spec does not tell is left to the jobs.</summary>
    [Fact]
    public void Plan_TargetOfAnotherShape_IsRefusedWithTheTensors()
    {
        var source = Study.Models["small@v1"];
        var models = new Dictionary<string, StudyLanguageModel>(Study.Models)
        {
            ["deep@v1"] = source with { Architecture = new LlamaSpec { Layers = 4, Width = 96, Heads = 4, Context = 256 } },
            ["other@v1"] = source with { Architecture = new Gpt2Spec { Layers = 3, Width = 96, Heads = 4, Context = 256 } },
        };
        var study = Study with
        {
            Models = models,
            Targets = ["small@v2", "stored@v1", "deep@v1", "other@v1"],
            Methods = [new PortedStudyMethod(), new PatchedStudyMethod(), new PatchedStudyMethod { Name = "wo", Lora = new LoraMethod { Targets = "o_proj" } }, new DifferenceStudyMethod()],
        };

        var plan = Plan(study);
        var refusals = StudyRefusals.Of(study);

        Assert.Equal(["patched deep@v1", "patched other@v1", "wo deep@v1", "wo other@v1", "difference deep@v1", "difference other@v1"], refusals.Select(refused => $"{refused.Method} {refused.Target}"));
        Assert.Equal(10, plan.Arms.Length);
        Assert.Equal("1 tensor does not fit: model.layers.3.self_attn.o_proj.weight (small@v1: none, deep@v1: [96, 96]).", refusals[2].Reason);
        Assert.StartsWith("33 tensors do not fit; the first 10: model.layers.0.self_attn.q_proj.weight (small@v1: [96, 96], other@v1: none); ", refusals[1].Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(plan.Plan.Jobs, job => job.Key.StartsWith("merged/difference/deep@v1", StringComparison.Ordinal));
        var named = study with { Methods = [new DifferenceStudyMethod { Targets = ["small@v2", "deep@v1"] }] };
        var problem = Assert.Single(SpecReader.Read(System.Text.Json.JsonSerializer.Serialize<Spec>(named, SpecJson.Options)).Problems);
        Assert.Equal("methods[0].targets[1]", problem.Path);
        Assert.StartsWith("What was learnt on 'small@v1' cannot be carried to 'deep@v1': 9 tensors do not fit: model.layers.3.input_layernorm.weight", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>Weights are tried on the validation split and the risk is measured on the probe; each task's evaluations are compared with the bare target's.</summary>
    [Fact]
    public void Plan_WeightsProbeAndPairs_AreJobsOfTheirOwn()
    {
        var study = Study with
        {
            Methods = [new BareStudyMethod(), new PortedStudyMethod { Weights = [0.5, 2] }, new EftStudyMethod { Weights = [1.5] }],
            Probe = new StudyProbe { Count = 40 },
        };

        var plan = Plan(study);

        var jobs = plan.Plan.Jobs.ToDictionary(job => job.Key);
        var tried = Assert.IsType<EvaluationSpec>(jobs["front/ported/small@v1/small@v2/king-james/weight 0.5/2"].Spec);
        Assert.Equal((0.5, Split.Validation), (tried.Rewards![0].Weight, tried.Data.Split));
        Assert.Equal(1.5, Assert.IsType<EvaluationSpec>(jobs["front/eft/small@v1/small@v2/forgetting/weight 1.5/1"].Spec).Emulated!.Weight);
        Assert.Null(Assert.IsType<EvaluationSpec>(jobs["front//small@v2/king-james/weight 0"].Spec).Rewards);
        Assert.Equal(["bare 0", "ported 0.5", "ported 2", "eft 1.5"], plan.Fronts.Where(front => front.Pair.Target == "small@v2").Select(front => FormattableString.Invariant($"{front.Method?.Title() ?? "bare"} {front.Weight}")).Order().OrderBy(name => name.StartsWith("bare", StringComparison.Ordinal) ? 0 : name.StartsWith("ported", StringComparison.Ordinal) ? 1 : 2));
        var risk = Assert.IsType<EvaluationSpec>(jobs["risk/ported/small@v1/small@v2"].Spec);
        Assert.Equal((InputRef.ToJob(jobs["pretraining/small@v1"].JobId), 40, Split.Validation, 200), (risk.Source, risk.Data.Count!.Value, risk.Data.Split, risk.TunedOn!.Count!.Value));
        Assert.Contains("risk/ported/small@v1/small@v2/weight 0.5", jobs.Keys);
        var compared = Assert.IsType<ComparisonSpec>(jobs["compared/king-james"].Spec);
        // Bare is measured on the source, too, where nothing else is.
        Assert.Equal(2, compared.Groups.Length);
        Assert.Equal(InputRef.ToJob(jobs["measured/bare/small@v2/king-james"].JobId), compared.Groups[0].Before);
        var eft = plan.Arms.Single(arm => arm.Method is EftStudyMethod && arm.Pair.Target == "small@v2");
        Assert.Equal(new PairedPlace("compared/king-james", 0, 2), eft.Paired[0]);
        Assert.Equal(InputRef.ToJob(jobs["measured/eft/small@v1/small@v2/king-james/2"].JobId), compared.Groups[0].After[3]);
        Assert.True(LanguageStudyPlanner.Bound(study, 10_000) >= plan.Plan.Jobs.Length);
    }

    private static LanguageStudySpec Others => Study with
    {
        Methods =
        [
            new DifferenceStudyMethod { Weight = 0.5 },
            new PatchedStudyMethod { Merged = true },
            new RandomPatchStudyMethod(),
            new RandomRewardStudyMethod(),
            new PortedStudyMethod { Rewards = [new StudyReward { Weight = 0.7 }, new StudyReward { Weight = 0.4, Data = "speeches" }] },
            new PromptedStudyMethod { Shots = 3 },
        ],
    };

    /// <summary>A study's job and the same job by itself are one.</summary>
    [Fact]
    public void Plan_Jobs_AreTheJobsThatAUserWouldWrite()
    {
        foreach (var job in Plan(Study).Plan.Jobs.Concat(Plan(Carrying).Plan.Jobs).Concat(Plan(Others).Plan.Jobs))
        {
            var read = SpecReader.Read(System.Text.Json.JsonSerializer.Serialize<Spec>(job.Spec with { Name = "x" }, SpecJson.Options));
            Assert.Empty(read.Problems);
            Assert.Equal(job.JobId, JobIds.Of(JobIds.DefaultTenant, (JobSpec)read.Spec!));
        }
    }

    [Fact]
    public void Plan_WithOneMoreMethodAndSeed_KeepsEveryEarlierJob()
    {
        var more = Study with { Methods = [.. Study.Methods, new SoftPromptStudyMethod()], Seeds = [1, 2, 3] };

        // Paired tests read all evaluations of a task, so they are made anew.
        Assert.Superset(Plan(Study).Plan.Jobs.Where(job => job.Spec is not ComparisonSpec).Select(job => job.JobId).ToHashSet(), Plan(more).Plan.Jobs.Select(job => job.JobId).ToHashSet());
        Assert.NotEqual(Plan(Study).Plan.StudyId, Plan(more).Plan.StudyId);
    }

    [Fact]
    public void Plan_WithoutTargets_ComparesTheSourceWithItself()
    {
        var alone = Study with { Targets = [], Methods = [new BareStudyMethod(), new LoraStudyMethod()], Generations = null };

        var arms = Plan(alone).Arms;

        Assert.Equal([new StudyPair(null, "small@v1"), new StudyPair("small@v1", "small@v1")], arms.Select(arm => arm.Pair));
        Assert.Null(arms[0].Tunings);
        Assert.Equal(2, arms[1].Tunings!.Length);
        Assert.Equal([1, 2], arms.Select(arm => arm.Evaluations[0].Length));
    }

    [Fact]
    public void Bound_OfAStudy_IsNotBelowItsJobs() => Assert.True(LanguageStudyPlanner.Bound(Study, 10_000) >= Plan(Study).Plan.Jobs.Length);
}
