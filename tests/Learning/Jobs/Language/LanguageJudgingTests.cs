using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;

namespace Ptune.Learning.Tests.Jobs.Language;

/// <summary>Language models are judged and scored by jobs.</summary>
public sealed class LanguageJudgingTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TinyLanguage _jobs;

    public LanguageJudgingTests()
    {
        _jobs = new TinyLanguage(_folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_BitsPerByte_IsLessAfterTuningAndEqualsTheScores()
    {
        _jobs.Complete("base", TinyLanguage.Pretraining(_jobs.Texts()));
        _jobs.Complete("tuned", TinyLanguage.FineTuning(_jobs.Pairs(), new LoraMethod { Rank = 4 }) with { Recipe = TinyLanguage.Recipe with { Steps = 60 } }, ("base", _jobs.Output("base")));
        var data = _jobs.Pairs();

        var bare = _jobs.Complete("bare", new EvaluationSpec { Data = data, Subject = "given" }, ("subject", _jobs.Output("base")));
        var tuned = _jobs.Complete("judged", new EvaluationSpec { Data = data, Subject = "given", Patch = "given" }, ("subject", _jobs.Output("base")), ("patch", _jobs.Output("tuned")));
        var scored = _jobs.Complete("scored", new ScoringSpec { Data = data, Subject = "given", Patch = "given" }, ("subject", _jobs.Output("base")), ("patch", _jobs.Output("tuned")));

        Assert.True(tuned.Metrics[MetricNames.BitsPerByte] < bare.Metrics[MetricNames.BitsPerByte] - 0.5, $"{bare.Metrics[MetricNames.BitsPerByte]} to {tuned.Metrics[MetricNames.BitsPerByte]}");
        Assert.Equal(tuned.Metrics[MetricNames.BitsPerByte], scored.Metrics[MetricNames.BitsPerByte]);
        Assert.Equal(6, File.ReadLines(Path.Combine(_jobs.Output("judged"), "examples.jsonl")).Count());
        // Whatever the clock says, it is asked by a job of its own only.
        Assert.All(new[] { bare, tuned }, job => Assert.DoesNotContain(MetricNames.DeploySeconds, job.Measurements.Keys));
    }

    [Fact]
    public void Run_BitsPerByteOfTexts_CountsEveryByte()
    {
        _jobs.Complete("base", TinyLanguage.Pretraining(_jobs.Texts()));

        var whole = _jobs.Complete("whole", new EvaluationSpec { Data = _jobs.Texts(Split.Test), Subject = "given" }, ("subject", _jobs.Output("base")));
        var rolled = _jobs.Complete("rolled", new EvaluationSpec { Data = _jobs.Texts(Split.Test), Subject = "given", Task = new BitsPerByteTask { Window = 16 } }, ("subject", _jobs.Output("base")));

        Assert.Equal((whole.Metrics[MetricNames.Tokens], whole.Metrics[MetricNames.Bytes]), (rolled.Metrics[MetricNames.Tokens], rolled.Metrics[MetricNames.Bytes]));
        Assert.NotEqual(whole.Metrics[MetricNames.BitsPerByte], rolled.Metrics[MetricNames.BitsPerByte]);
    }

    [Fact]
    public void Run_LabelsOfALanguageModel_AreLearnt()
    {
        _jobs.Complete("base", TinyLanguage.Pretraining(_jobs.Texts()));
        var data = _jobs.Labelled("odd", "even");
        _jobs.Complete("tuned", TinyLanguage.FineTuning(data) with { Recipe = TinyLanguage.Recipe with { Steps = 150 } }, ("base", _jobs.Output("base")));

        var judged = _jobs.Complete("judged", new EvaluationSpec { Data = data, Subject = "given" }, ("subject", _jobs.Output("tuned")));

        Assert.True(judged.Metrics[MetricNames.Accuracy] > 0.7, $"{judged.Metrics[MetricNames.Accuracy]}");
    }

    [Fact]
    public void Run_MultipleChoice_GivesThreeAccuracies()
    {
        _jobs.Complete("base", TinyLanguage.Pretraining(_jobs.Texts()));

        var judged = _jobs.Complete("judged", new EvaluationSpec { Data = _jobs.Choices(), Subject = "given" }, ("subject", _jobs.Output("base")));

        foreach (string name in new[] { MetricNames.Accuracy, MetricNames.AccuracyPerByte, MetricNames.AccuracyPerCharacter }) Assert.InRange(judged.Metrics[name], 0, 1);
    }

    [Fact]
    public void Run_ExactMatch_FindsWhatWasLearnt()
    {
        _jobs.Complete("base", TinyLanguage.Pretraining(_jobs.Texts()));
        _jobs.Complete("tuned", TinyLanguage.FineTuning(_jobs.Pairs()) with { Recipe = TinyLanguage.Recipe with { Steps = 150 } }, ("base", _jobs.Output("base")));
        var spec = new EvaluationSpec { Data = _jobs.Pairs(), Subject = "given", Task = new ExactMatchTask { MaxTokens = 20 } };

        Assert.Equal(0, _jobs.Complete("bare", spec, ("subject", _jobs.Output("base"))).Metrics[MetricNames.ExactMatch]);
        Assert.True(_jobs.Complete("judged", spec, ("subject", _jobs.Output("tuned"))).Metrics[MetricNames.ExactMatch] > 0.8);
        Assert.True(_jobs.Complete("pattern", spec with { Task = new ExactMatchTask { Normalizer = "The (.*) is", MaxTokens = 20 } }, ("subject", _jobs.Output("tuned"))).Metrics[MetricNames.ExactMatch] < 0.1);
    }
}
