using Ptune.Contracts.Specs;
using Ptune.Learning.Jobs;

namespace Ptune.Learning.Tests.Jobs.Language;

/// <summary>A matrix of rewards and targets passes each network once over the texts.</summary>
public sealed class EvaluationStatesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TinyLanguage _jobs;

    public EvaluationStatesTests()
    {
        _jobs = new TinyLanguage(_folder.Path);
        _jobs.Complete("source", TinyLanguage.Pretraining(_jobs.Texts()));
        _jobs.Complete("target", TinyLanguage.Pretraining(_jobs.Texts(), new Gpt2Spec { Layers = 1, Width = 24, Heads = 2, Context = 64 }));
        _jobs.Complete("tuned", TinyLanguage.FineTuning(_jobs.Pairs()), ("base", _jobs.Output("source")));
        var reward = new RewardTuningSpec { Data = _jobs.Pairs(), Source = "given", Recipe = TinyLanguage.Recipe, Method = new FullMethod() };
        _jobs.Complete("reward", reward, ("source", _jobs.Output("source")));
        _jobs.Complete("lora", reward with { Method = new LoraMethod { Rank = 4 } }, ("source", _jobs.Output("source")));
        if (Directory.Exists(Cache)) Directory.Delete(Cache, recursive: true);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_Matrix_PassesEachNetworkOnceAndGivesTheSameBytes()
    {
        var data = _jobs.Texts(Split.Test);
        // 2 targets, 2 rewards, 2 models of a difference: each one batch. The source is a target, too.
        (string Name, EvaluationSpec Spec, (string, string)[] Inputs)[] cells =
        [
            .. from target in new[] { "source", "target" }
               from reward in new[] { "reward", "lora" }
               select ($"{target}-{reward}", new EvaluationSpec { Data = data, Subject = "given", Rewards = [Use(reward)] }, Inputs(("subject", target), ("reward0", reward), ("reward0Source", "source"))),
            ("bare", new EvaluationSpec { Data = data, Subject = "given" }, Inputs(("subject", "target"))),
            ("alone", new EvaluationSpec { Data = data, Rewards = [Use("reward")] }, Inputs(("reward0", "reward"))),
            ("eft", new EvaluationSpec { Data = data, Subject = "given", Emulated = new EmulatedUse { Tuned = "given", Source = "other" } }, Inputs(("subject", "target"), ("emulatedTuned", "tuned"), ("emulatedSource", "source"))),
        ];

        foreach (var (name, spec, inputs) in cells) _jobs.Complete(name, spec, inputs);

        Assert.Equal(5, States.Count);
        foreach (var (name, spec, inputs) in cells)
        {
            Plain($"{name}-plain", spec, inputs);
            Assert.Equal(TinyJobs.Files(_jobs.Output($"{name}-plain")), TinyJobs.Files(_jobs.Output(name)));
        }
    }

    [Fact]
    public void Run_Patched_KeepsNothing()
    {
        _jobs.Complete("patch", TinyLanguage.FineTuning(_jobs.Pairs(), new LoraMethod { Rank = 4 }), ("base", _jobs.Output("source")));

        _jobs.Complete("patched", new EvaluationSpec { Data = _jobs.Pairs(), Subject = "given", Patch = "given" }, Inputs(("subject", "source"), ("patch", "patch")));

        Assert.Empty(States);
    }

    private string Cache => Path.Combine(_folder.Path, "cache", "states");

    private List<string> States => Directory.Exists(Cache) ? [.. Directory.EnumerateFiles(Cache, "*.safetensors")] : [];

    private static RewardUse Use(string reward) => new() { Reward = "given", Source = reward == "lora" ? "given" : null };

    private (string, string)[] Inputs(params (string Role, string Job)[] inputs) => [.. inputs.Select(input => (input.Role, _jobs.Output(input.Job)))];

    private void Plain(string name, EvaluationSpec spec, (string, string)[] inputs)
    {
        string cache = Directory.CreateDirectory(Path.Combine(_folder.Path, "no-cache")).FullName;
        File.WriteAllText(Path.Combine(cache, "states"), "");
        Assert.IsType<JobOutcome.Completed>(JobRunner.Run(_jobs.Run(name, spec, inputs) with { DataCacheFolder = cache }));
    }
}
