using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Sweeps;

namespace Ptune.Contracts.Tests.Sweeps;

/// <summary>Sweeps over the tuning of language models: trials are compared by bits per byte, and last so many steps.</summary>
public sealed class TextSweepTests
{
    private const string Sweep = """
        apiVersion: ptune/v1
        kind: Sweep
        name: rates
        job:
          kind: FineTuning
          base: sha256:0000000000000000000000000000000000000000000000000000000000000000
          method: { kind: lora }
          data:
            dataset: { kind: text, name: t, location: /data, files: [ { path: a.jsonl, sha256: 0000000000000000000000000000000000000000000000000000000000000000 } ] }
            split: tuning
          recipe: { steps: 90 }
        vary: { recipe.learningRate: { values: [0.001, 0.01] } }
        """;

    [Fact]
    public void Trial_OfALora_IsTunedAndJudgedOnItsBase()
    {
        var sweep = Read(Sweep);
        var planner = new SweepPlanner("default", sweep, new Dictionary<string, string>());

        var chain = planner.Trial(2, SweepTrials.Values(sweep, 2), SweepTrials.Rungs(sweep, SweepTrials.Values(sweep, 2))[0]);

        var tuned = Assert.IsType<FineTuningSpec>(chain[0].Spec);
        Assert.Equal((90, 0.01, "tune trial 2 at 90 steps"), (tuned.Recipe.Steps, tuned.Recipe.LearningRate, chain[0].Name));
        var judged = Assert.IsType<EvaluationSpec>(chain[1].Spec);
        Assert.Equal((tuned.Base, $"job:{chain[0].JobId}", Split.Validation, new BitsPerByteTask()), (judged.Subject, judged.Patch, judged.Data.Split, judged.Task));
        Assert.Equal((MetricNames.BitsPerByte, true), (SweepMeasure.Of(sweep).Metric, SweepMeasure.Of(sweep).IsLowerBetter));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("  method: { kind: lora }\n", true)]
    public void Trial_OfAReward_IsJudgedBesideItsSource(string method, bool needsItsSource)
    {
        var sweep = Read(Sweep.Replace("kind: FineTuning", "kind: RewardTuning", StringComparison.Ordinal).Replace("base:", "source:", StringComparison.Ordinal).Replace("  method: { kind: lora }\n", method, StringComparison.Ordinal));

        var chain = new SweepPlanner("default", sweep, new Dictionary<string, string>()).Trial(1, SweepTrials.Values(sweep, 1), 90);

        var reward = Assert.IsType<RewardTuningSpec>(chain[0].Spec);
        var judged = Assert.IsType<EvaluationSpec>(chain[1].Spec);
        Assert.Equal((reward.Source, new RewardUse { Reward = $"job:{chain[0].JobId}", Source = needsItsSource ? reward.Source : null }), (judged.Subject, Assert.Single(judged.Rewards!)));
        Assert.Equal((MetricNames.BitsPerByte, 90), (SweepMeasure.Of(sweep).Metric, reward.Recipe.Steps));
    }

    [Theory]
    [InlineData("FineTuning", "base", "", 8, 64)]
    [InlineData("RewardTuning", "source", "", 8, 64)]
    [InlineData("FineTuning", "base", ", alpha: 5", 5, 5)]
    public void Trial_RankIsVaried_AlphaFollowsItUnlessItIsGiven(string kind, string model, string alpha, double first, double second)
    {
        var sweep = Read(Sweep.Replace("kind: FineTuning", $"kind: {kind}", StringComparison.Ordinal).Replace("base:", $"{model}:", StringComparison.Ordinal)
            .Replace("{ kind: lora }", $"{{ kind: lora{alpha} }}", StringComparison.Ordinal).Replace("recipe.learningRate: { values: [0.001, 0.01] }", "method.rank: { values: [4, 32] }", StringComparison.Ordinal));
        var planner = new SweepPlanner("default", sweep, new Dictionary<string, string>());

        double? Alpha(int number) => planner.Trial(number, SweepTrials.Values(sweep, number), 90)[0].Spec switch
        {
            FineTuningSpec { Method: LoraMethod lora } => lora.Alpha,
            RewardTuningSpec { Method: LoraMethod lora } => lora.Alpha,
            _ => null,
        };
        Assert.Equal((first, second), (Alpha(1), Alpha(2)));
    }

    [Fact]
    public void Trial_RankIsVaried_IsTheSameWorkAsATuningWithThatRank()
    {
        var sweep = Read(Sweep.Replace("recipe.learningRate: { values: [0.001, 0.01] }", "method.rank: { values: [4, 8] }", StringComparison.Ordinal));
        var fixedRank = Read(Sweep.Replace("[0.001, 0.01]", "[0.001]", StringComparison.Ordinal));

        var planner = new SweepPlanner("default", sweep, new Dictionary<string, string>());
        var rate = new Dictionary<string, SweepValue> { ["recipe.learningRate"] = SweepValue.Of(((FineTuningSpec)sweep.Job).Recipe.LearningRate) };
        Assert.Equal(new SweepPlanner("default", fixedRank, new Dictionary<string, string>()).Trial(1, rate, 90)[0].JobId, planner.Trial(2, SweepTrials.Values(sweep, 2), 90)[0].JobId);
    }

    [Fact]
    public void Rungs_OfAsha_AreSteps()
    {
        var sweep = Read($"{Sweep}\nmethod: asha\ntrials: 2\nasha: {{ minEpochs: 10 }}\n".Replace("values: [0.001, 0.01]", "min: 0.001, max: 0.01", StringComparison.Ordinal));

        Assert.Equal([10, 30, 90], SweepTrials.Rungs(sweep, SweepTrials.Values(sweep, 1)));
    }

    [Theory]
    [InlineData("steps: 90 }", "steps: 90, epochs: 3 }", "job.recipe.epochs")]
    [InlineData("vary: { recipe.learningRate", "method: asha\ntrials: 2\nasha: { minEpochs: 90 }\nvary: { recipe.learningRate", "asha.minEpochs")]
    [InlineData("split: tuning", "split: test", "job.data.split")]
    public void Read_Mistake_IsNamed(string right, string wrong, string path) =>
        Assert.Contains(SpecReader.Read(Sweep.Replace(right, wrong, StringComparison.Ordinal)).Problems, problem => problem.Path == path);

    private static SweepSpec Read(string text)
    {
        var reading = SpecReader.Read(text);
        Assert.Empty(reading.Problems);
        return (SweepSpec)reading.Spec!;
    }
}
