using System.Text.Json;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Sweeps;

namespace Ptune.Contracts.Tests.Specs;

public sealed class SweepReaderTests
{
    private const string Rate = "recipe.learningRate: { min: 0.0001, max: 0.01, scale: log }";
    private const string Batch = "recipe.batchSize: { values: [32, 64] }";

    [Fact]
    public void Read_OfASweep_TakesItWhole()
    {
        var reading = SpecReader.Read(SweepSamples.Sweep);

        Assert.Empty(reading.Problems);
        var sweep = Assert.IsType<SweepSpec>(reading.Spec);
        Assert.IsType<RewardTuningSpec>(sweep.Job);
        Assert.Equal((SweepMethod.Asha, 16, 1L, 4), (sweep.Method, sweep.Trials, sweep.Seed, sweep.Parallel));
        Assert.Equal([SweepValue.Of(32L), SweepValue.Of(64L)], sweep.Vary["recipe.batchSize"].Values!);
        Assert.Equal((0.0001, 0.01, SweepScale.Log), (sweep.Vary["recipe.learningRate"].Min, sweep.Vary["recipe.learningRate"].Max, sweep.Vary["recipe.learningRate"].Scale));
        Assert.Equal([2, 6, 18, 30], sweep.Asha!.Rungs(30));
    }

    [Fact]
    public void Read_OfASweepAsJson_ComesBackTheSame()
    {
        var sweep = SpecReader.Read(SweepSamples.With((Batch, "initialization: { values: [source, zeroHead] }"))).Spec!;
        var json = JsonSerializer.Serialize(sweep, SpecJson.Options);

        Assert.Contains("""["source","zeroHead"]""", json, StringComparison.Ordinal);
        Assert.Equal(json, JsonSerializer.Serialize(SpecReader.Read(json).Spec!, SpecJson.Options));
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<Spec>(json, SpecJson.Options), SpecJson.Options));
    }

    [Theory]
    [InlineData(Batch, "recipe.batchsize: { values: [32] }", "vary.recipe.batchsize", 22, "Did you mean 'recipe.batchSize'?")]
    [InlineData(Batch, "temperature: { values: [1] }", "vary.temperature", 22, "no 'temperature'")]
    [InlineData(Batch, "recipe: { values: [1] }", "vary.recipe", 22, "recipe.learningRate")]
    [InlineData(Batch, "recipe.epochs.more: { values: [1] }", "vary.recipe.epochs.more", 22, "single value")]
    [InlineData(Batch, "data.shift.size: { values: [7] }", "vary.data.shift.size", 22, "Give it in the job")]
    [InlineData(Batch, "source: { values: [vit@v1] }", "vary.source", 22, "is an input of the job")]
    [InlineData(Batch, "data.dataset.name: { values: [x] }", "vary.data.dataset.name", 22, "data set cannot be varied")]
    [InlineData(Batch, "recipe.checkpointEverySteps: { values: [1] }", "vary.recipe.checkpointEverySteps", 22, "does not change")]
    [InlineData(Batch, "name: { values: [a, b] }", "vary.name", 22, "does not change")]
    [InlineData(Batch, "recipe.batchSize: { values: [32, 0] }", "vary.recipe.batchSize.values[1]", 22, "at least 1")]
    [InlineData(Batch, "recipe.batchSize: { values: [32, 1.5] }", "vary.recipe.batchSize.values[1]", 22, "whole number")]
    [InlineData(Batch, "recipe.batchSize: { values: [32, many] }", "vary.recipe.batchSize.values[1]", 22, "whole number")]
    [InlineData(Batch, "recipe.batchSize: { values: [\"32\"] }", "vary.recipe.batchSize.values[0]", 22, "without quotes")]
    [InlineData(Batch, "recipe.batchSize: { values: [32, [1]] }", "vary.recipe.batchSize.values[1]", 22, "a number, a word")]
    [InlineData(Batch, "recipe.batchSize: { values: [32, 32] }", "vary.recipe.batchSize.values[1]", 22, "appears twice")]
    [InlineData(Batch, "recipe.batchSize: { values: [] }", "vary.recipe.batchSize.values", 22, "no values")]
    [InlineData(Batch, "recipe.batchSize: { values: [32], min: 1, max: 2 }", "vary.recipe.batchSize", 22, "either 'values'")]
    [InlineData(Batch, "recipe.batchSize: { min: 1 }", "vary.recipe.batchSize", 22, "'min' and 'max'")]
    [InlineData(Batch, "recipe.batchSize: { min: 0, max: 8 }", "vary.recipe.batchSize.min", 22, "at least 1")]
    [InlineData(Batch, "recipe.batchSize: { min: 1, max: 8.5 }", "vary.recipe.batchSize.max", 22, "whole number")]
    [InlineData(Batch, "seed: { min: 1, max: 9007199254740993 }", "vary.seed.max", 22, "9,007,199,254,740,991")]
    [InlineData(Batch, "seed: { min: -9007199254740993, max: 1 }", "vary.seed.min", 22, "9,007,199,254,740,991")]
    [InlineData(Batch, "recipe.batchSize: { min: 8, max: 8 }", "vary.recipe.batchSize", 22, "not below")]
    [InlineData(Batch, "recipe.weightDecay: { min: 0, max: 1, scale: log }", "vary.recipe.weightDecay.min", 22, "above 0")]
    [InlineData(Batch, "recipe.schedule: { min: 0, max: 1 }", "vary.recipe.schedule", 22, "Only numbers")]
    [InlineData(Batch, "recipe.schedule: { values: [cosin] }", "vary.recipe.schedule.values[0]", 22, "one of cosine, constant")]
    [InlineData(Batch, "recipe.epochs: { values: [1, 2] }", "vary.recipe.epochs", 22, "asha decides")]
    [InlineData(Batch, "data.count: { values: [50, 5000] }", "vary.data.count", 22, "split has 4000")]
    [InlineData("method: asha", "method: grid", "vary.recipe.learningRate", 21, "A grid needs values")]
    [InlineData("method: asha", "method: grid", "trials", 24, "every combination")]
    [InlineData("method: asha", "method: random", "asha", 25, "for method: asha")]
    [InlineData("trials: 16\n", "", "trials", 1, "number of trials to draw")]
    [InlineData("trials: 16", "trials: 10001", "trials", 24, "at most 10000")]
    [InlineData("minEpochs: 2", "minEpochs: 30", "asha.minEpochs", 25, "nothing can stop early")]
    [InlineData("kind: RewardTuning", "kind: Scoring", "job.kind", 5, "how something is trained")]
    [InlineData("split: tuning", "split: test", "job.data.split", 16, "not for training")]
    [InlineData("recipe: { epochs: 30 }", "recipe: { epochs: 0 }", "job.recipe.epochs", 19, "at least 1")]
    [InlineData("recipe: { epochs: 30 }", "scheduling: { priority: 1 }", "job.scheduling", 19, "to the top level")]
    [InlineData("name: sample", "seed: 2", "name", 1, "needs a name")]
    public void Read_OfOneMistake_NamesItsPlaceAndTheFix(string line, string replacement, string path, int row, string words)
    {
        var reading = SpecReader.Read(SweepSamples.With((line, replacement)));

        Assert.Null(reading.Spec);
        var problem = Assert.Single(reading.Problems, p => p.Path == path);
        Assert.Equal(row, problem.Line);
        Assert.Contains(words, $"{problem.Message} {problem.Fix}", StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfWholeNumbersBeyondADouble_KeepsEachDigit()
    {
        var sweep = Assert.IsType<SweepSpec>(SpecReader.Read(SweepSamples.Sweep.Replace(Batch, "seed: { values: [9007199254740993, -9007199254740993] }", StringComparison.Ordinal)).Spec);
        Assert.Equal(["9007199254740993", "-9007199254740993"], sweep.Vary["seed"].Values!.Select(v => v.ToString()));
        Assert.Equal(9007199254740993, ((RewardTuningSpec)TrialJobs.With(sweep.Job, [KeyValuePair.Create("seed", sweep.Vary["seed"].Values![0])])).Seed);
    }

    [Theory]
    [InlineData("split: tuning", "evaluate.split", "no model was trained on")]
    [InlineData("split: pretraining", "evaluate.split", "no model was trained on")]
    [InlineData("split: validation\n    count: 7000", "evaluate.count", "split has 6000")]
    public void Read_OfWrongEvaluation_NamesIt(string lines, string path, string words)
    {
        var reading = SpecReader.Read($"{SweepSamples.Sweep}\nevaluate:\n{SweepSamples.Dataset}\n    {lines}\n");

        var problem = Assert.Single(reading.Problems);
        Assert.Equal(path, problem.Path);
        Assert.Contains(words, $"{problem.Message} {problem.Fix}", StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfManyMistakes_FindsAllOfThemAtOnce()
    {
        var text = SweepSamples.With(("count: 100", "count: 5000"), ("values: [32, 64]", "values: [32, 0]"), ("min: 0.0001", "min: 0.1"), ("minEpochs: 2", "minEpochs: 31"), ("name: sample", "name: s p"));

        var paths = SpecReader.Read(text).Problems.Select(p => p.Path).ToArray();

        Assert.Equal(["name", "job.data.count", "vary.recipe.learningRate", "vary.recipe.batchSize.values[1]", "asha.minEpochs"], paths);
    }

    [Fact]
    public void Read_OfValuesThatDoNotGoTogether_NamesTheFirstTrial()
    {
        var text = SweepSamples.With(
            ("kind: RewardTuning", "kind: Pretraining\n  architecture: { kind: vit }"),
            ("  source: sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\n", ""),
            (Rate, "architecture.dim: { values: [64, 60] }"),
            (Batch, "architecture.heads: { values: [4, 5] }"),
            ("method: asha\ntrials: 16\nasha: { reduction: 3, minEpochs: 2 }", "method: grid"));

        var problem = Assert.Single(SpecReader.Read(text).Problems);

        Assert.Equal("vary.architecture.heads", problem.Path);
        Assert.Contains("Trial 2 (architecture.dim 64, architecture.heads 5)", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAGridWithoutEnd_IsRefusedUncounted()
    {
        string[] paths = ["recipe.epochs", "recipe.batchSize", "seed", "data.count"];
        var values = string.Join(", ", Enumerable.Range(1, 900));
        var text = SweepSamples.With(
            ($"  {Rate}\n", ""),
            ($"  {Batch}", string.Join('\n', paths.Select(p => $"  {p}: {{ values: [{values}] }}"))),
            ("method: asha\ntrials: 16\nasha: { reduction: 3, minEpochs: 2 }", "method: grid"));

        var problem = Assert.Single(SpecReader.Read(text).Problems);

        Assert.Equal("vary", problem.Path);
        Assert.Contains("656,100,000,000", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfMoreTrialsThanCombinations_IsRefused()
    {
        var problem = Assert.Single(SpecReader.Read(SweepSamples.With(($"  {Rate}\n", ""))).Problems);

        Assert.Equal("trials", problem.Path);
        Assert.Contains("only 2 different", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAJobThatIsNone_SaysOnlyThat() =>
        Assert.Equal(["job.kind"], SpecReader.Read(SweepSamples.With(("kind: RewardTuning", "kind: Rewarding"))).Problems.Select(p => p.Path));
}
