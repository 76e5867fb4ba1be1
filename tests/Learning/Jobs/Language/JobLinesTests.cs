using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Jobs;

namespace Ptune.Learning.Tests.Jobs.Language;

/// <summary>What a job on texts writes into its log: what was read, what was cut or dropped of it, and where it ended.</summary>
public sealed class JobLinesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TinyLanguage _jobs;
    private readonly List<string> _lines = [];

    public JobLinesTests() => _jobs = new TinyLanguage(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TooLong.Cut, "examples were too long and lost")]
    [InlineData(TooLong.Drop, "examples were too long and dropped")]
    public void Run_LongTexts_SaysWhatBecameOfThem(TooLong rule, string words)
    {
        var done = Run("base", TinyLanguage.Pretraining(_jobs.UnevenTexts() with { MaxTokens = 16, TooLong = rule }));

        string line = Assert.Single(_lines);
        var metrics = done.Metrics;
        double lost = metrics[rule == TooLong.Cut ? MetricNames.CutExamples : MetricNames.DroppedExamples];
        Assert.True(lost > 0);
        Assert.StartsWith(
            $"Data: {metrics[MetricNames.Records]} records, {metrics[MetricNames.DistinctRecords]} of them distinct, {metrics[MetricNames.SplitRecords]} in the tuning split; {metrics[MetricNames.Count]} examples with ",
            line,
            StringComparison.Ordinal);
        Assert.Contains($"; {lost} {words}", line, StringComparison.Ordinal);
    }

    /// <summary>The general data have no figures in the result.</summary>
    [Fact]
    public void Run_GeneralDataMixedIn_SaysWhatWasCutOfThem()
    {
        _jobs.Complete("base", TinyLanguage.Pretraining(_jobs.Texts()));
        var spec = TinyLanguage.FineTuning(_jobs.Pairs(), new LoraMethod { Rank = 4 }) with { Mix = new MixSpec { Data = _jobs.Texts() with { MaxTokens = 10 }, Share = 0.25 } };

        Run("tuned", spec, ("base", _jobs.Output("base")));

        Assert.Equal(["General data", "Data"], _lines.Select(line => line.Split(':')[0]));
        Assert.Contains("examples were too long and lost", _lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_EarlyStopping_SaysWhichWeightsAreKept()
    {
        var recipe = TinyLanguage.Recipe with { Steps = 200, LearningRate = 0.1, Schedule = LearningRateSchedule.Constant, EarlyStopping = new EarlyStoppingSpec { Patience = 2, EverySteps = 5, Count = 5 } };

        var done = Run("base", TinyLanguage.Pretraining(_jobs.Texts()) with { Recipe = recipe });

        Assert.Contains($"Ended after step {done.Metrics[MetricNames.Steps]} of 200; the weights of step {done.Metrics[MetricNames.BestStep]} are kept", _lines[^1], StringComparison.Ordinal);
    }

    /// <summary>Its default of 200 examples is more than a small data set holds back.</summary>
    [Theory]
    [InlineData("decoder")]
    [InlineData("classifier")]
    [InlineData("reward")]
    public void Run_EarlyStoppingOnAShortSplit_LooksAtAllOfIt(string kind)
    {
        var recipe = TinyLanguage.Recipe with { Steps = 4, EarlyStopping = new EarlyStoppingSpec { Patience = 2, EverySteps = 2 } };
        var labelled = _jobs.Labelled("a", "b") with { MaxTokens = 30 };

        if (kind == "decoder") Run("job", TinyLanguage.Pretraining(_jobs.Texts()) with { Recipe = recipe });
        else if (kind == "classifier")
            Run("job", TinyLanguage.FineTuning(labelled) with { Recipe = recipe }, ("base", TinyClassifier.Write(Path.Combine(_folder.Path, "bert", "output"), TinyClassifier.Words(), isImported: true)));
        else
        {
            _jobs.Complete("source", TinyLanguage.Pretraining(_jobs.Texts()));
            Run("job", new RewardTuningSpec { Data = labelled, Source = "given", Recipe = recipe }, ("source", _jobs.Output("source")));
        }

        string line = Assert.Single(_lines, line => line.StartsWith("Data of early stopping: ", StringComparison.Ordinal));
        string held = line.Split(" of them distinct, ")[1].Split(' ')[0];
        Assert.NotEqual("0", held);
        Assert.Contains($"{held} in the validation split; {held} ", line, StringComparison.Ordinal);
    }

    private JobOutcome.Completed Run(string name, JobSpec spec, params (string, string)[] inputs) =>
        Assert.IsType<JobOutcome.Completed>(JobRunner.Run(_jobs.Run(name, spec, inputs) with { OnLine = _lines.Add }));
}
