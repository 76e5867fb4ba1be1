using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Learning.Jobs;

namespace Ptune.Learning.Tests.Jobs.Language;

/// <summary>Evaluations that say how risky a port is.</summary>
public sealed class CarriedRiskTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TinyLanguage _jobs;

    public CarriedRiskTests()
    {
        _jobs = new TinyLanguage(_folder.Path);
        _jobs.Complete("source", TinyLanguage.Pretraining(_jobs.Texts()));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_PatchOnItsOwnBase_IsAtNoDistanceAndCountsWhatItWasTunedOn()
    {
        _jobs.Complete("patch", TinyLanguage.FineTuning(_jobs.Pairs(), new LoraMethod { Rank = 2 }), ("base", _jobs.Output("source")));
        var spec = new EvaluationSpec { Data = _jobs.Pairs(), Subject = "given", Patch = "given", Source = "given", TunedOn = _jobs.Pairs() with { Count = 4 } };

        var done = _jobs.Complete("judged", spec, Inputs("source", ("patch", "patch")));

        Assert.Equal(0, done.Metrics[MetricNames.KlFromSource], 1e-6);
        Assert.InRange(done.Metrics[MetricNames.CMean], 1, done.Metrics[MetricNames.CMax]);
        Assert.True(done.Metrics[MetricNames.KlMoved] > 1e-4, $"{done.Metrics[MetricNames.KlMoved]}");
        Assert.Equal(4, done.Measurements[MetricNames.Overlap]);
        Assert.Equal(done.Metrics[MetricNames.Tokens], done.Metrics[MetricNames.RiskPositions]);
    }

    [Fact]
    public void Run_RewardOnAnotherArchitecture_IsAtADistance()
    {
        _jobs.Complete("target", TinyLanguage.Pretraining(_jobs.Texts(), new Gpt2Spec { Layers = 1, Width = 24, Heads = 2, Context = 48 }));
        _jobs.Complete("reward", new RewardTuningSpec { Data = _jobs.Pairs(), Source = "given", Recipe = TinyLanguage.Recipe, Method = new LoraMethod { Rank = 2 } }, ("source", _jobs.Output("source")));
        var use = new RewardUse { Reward = "given", Source = "given" };
        var spec = new EvaluationSpec { Data = _jobs.Texts(Split.Test), Subject = "given", Rewards = [use], Source = "given" };
        var choices = new EvaluationSpec { Data = _jobs.Choices(), Subject = "given", Rewards = [use], Source = "given" };
        (string, string)[] inputs = Inputs("target", ("reward0", "reward"), ("reward0Source", "source"));

        var done = _jobs.Complete("judged", spec, inputs);
        var chosen = _jobs.Complete("chosen", choices, inputs);

        Assert.True(done.Metrics[MetricNames.KlFromSource] > 0.01, $"{done.Metrics[MetricNames.KlFromSource]}");
        Assert.True(done.Metrics[MetricNames.KlMoved] > 0.01, $"{done.Metrics[MetricNames.KlMoved]}");
        Assert.DoesNotContain(MetricNames.Overlap, done.Measurements.Keys);
        Assert.True(chosen.Metrics[MetricNames.RiskPositions] >= 6, $"{chosen.Metrics[MetricNames.RiskPositions]}");
    }

    [Fact]
    public void Run_PatchThatWasNotTrained_IsAnError()
    {
        _jobs.Complete("patch", TinyLanguage.FineTuning(_jobs.Pairs(), new LoraMethod { Rank = 2 }) with { Recipe = TinyLanguage.Recipe with { Steps = 1, LearningRate = 1e-30 } }, ("base", _jobs.Output("source")));
        var spec = new EvaluationSpec { Data = _jobs.Pairs(), Subject = "given", Patch = "given", Source = "given" };

        var refused = Assert.Throws<TransferException>(() => JobRunner.Run(_jobs.Run("refused", spec, Inputs("source", ("patch", "patch")))));

        Assert.Contains("changes nothing", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A patch from the store becomes one of another base: its own artifact, with golden outputs of that base.</summary>
    [Fact]
    public void Run_ImportOfAPatchForAnotherBase_MakesItsPatch()
    {
        _jobs.Complete("update", TinyLanguage.Pretraining(_jobs.Texts()) with { Seed = 2 });
        _jobs.Complete("patch", TinyLanguage.FineTuning(_jobs.Pairs(), new LoraMethod { Rank = 2 }), ("base", _jobs.Output("source")));
        var spec = new ImportSpec { From = new ArtifactSource { Artifact = "given" }, Base = "given" };

        var done = _jobs.Complete("carried", spec, ("base", _jobs.Output("update")), ("artifact", _jobs.Output("patch")));

        Assert.Equal((ArtifactKind.Patch, Digest.Of("update")), (done.Kind, done.Attributes[AttributeNames.Base]));
        Assert.True(done.Metrics[MetricNames.ProbeChange] > 0, $"{done.Metrics[MetricNames.ProbeChange]}");
        Assert.Contains("golden.safetensors", done.Files);
        var judged = new EvaluationSpec { Data = _jobs.Pairs(), Subject = "given", Patch = "given" };
        Assert.Equal(
            _jobs.Complete("one", judged, ("subject", _jobs.Output("update")), ("patch", _jobs.Output("patch"))).Metrics[MetricNames.BitsPerByte],
            _jobs.Complete("other", judged, ("subject", _jobs.Output("update")), ("patch", _jobs.Output("carried"))).Metrics[MetricNames.BitsPerByte]);
    }

    private (string, string)[] Inputs(string subject, params (string Role, string Job)[] others) =>
        [("subject", _jobs.Output(subject)), ("source", _jobs.Output("source")), .. others.Select(other => (other.Role, _jobs.Output(other.Job)))];
}
