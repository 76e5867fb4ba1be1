using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Learning.Formats;
using Ptune.Learning.Jobs;

namespace Ptune.Learning.Tests.Jobs.Language;

/// <summary>Reward tuning on the source's hidden states that were computed once.</summary>
public sealed class SourceStatesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TinyLanguage _jobs;

    public SourceStatesTests()
    {
        _jobs = new TinyLanguage(_folder.Path);
        _jobs.Complete("source", TinyLanguage.Pretraining(_jobs.Texts()));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("full", false, ComputeType.Float32, 1e-5)]
    [InlineData("full", true, ComputeType.Float32, 1e-5)]
    [InlineData("lora", false, ComputeType.Float32, 1e-5)]
    [InlineData("full", false, ComputeType.Bfloat16, 1e-2)]
    public void Run_Cached_TrainsAsWithPasses(string method, bool packing, ComputeType type, double tolerance)
    {
        var spec = Reward(method, packing, type);

        var cached = Run("cached", spec);
        var plain = Plain("plain", spec);

        Assert.Equal(States.Sum(StateBytes), cached.Measurements[MetricNames.StateBytes]);
        Assert.DoesNotContain(MetricNames.StateBytes, plain.Measurements);
        Assert.Equal(plain.LossCurve.Count, cached.LossCurve.Count);
        Assert.All(plain.LossCurve.Zip(cached.LossCurve), pair => Assert.Equal(pair.First.Loss, pair.Second.Loss, tolerance * pair.First.Loss));
        if (type == ComputeType.Float32) RequireSameWeights(method == "lora" ? "adapter_model.safetensors" : "model.safetensors");
    }

    [Fact]
    public void Run_WithAndWithoutTheFiles_EndsInTheSameBytes()
    {
        var spec = Reward("full", packing: false);
        Run("first", spec);
        var made = States.Select(File.GetLastWriteTimeUtc).ToList();
        Run("found", spec);
        Assert.Equal(made, States.Select(File.GetLastWriteTimeUtc));
        Damage(States[0]);
        Run("damaged", spec);
        using var stop = new CancellationTokenSource();
        var run = _jobs.Run("cut", spec, Source) with { JobId = "default.first", Stop = stop.Token, OnProgress = progress => { if (progress.Step == 7) stop.Cancel(); } };
        var stopped = Assert.IsType<JobOutcome.Stopped>(JobRunner.Run(run));
        foreach (string file in States) File.Delete(file);
        Assert.IsType<JobOutcome.Completed>(JobRunner.Run(_jobs.Run("resumed", spec, Source) with { JobId = "default.first", Checkpoint = stopped.Checkpoint }));

        string[] names = ["found", "damaged", "resumed"];
        Assert.All(names, name => Assert.Equal(TinyJobs.Files(_jobs.Output("first")), TinyJobs.Files(_jobs.Output(name))));
    }

    /// <summary>Fewer tokens than the data have: computing all of them would be more work than the steps.</summary>
    [Fact]
    public void Run_LessThanAnEpoch_KeepsNothing()
    {
        Run("short", Reward("full", packing: false) with { Recipe = TinyLanguage.Recipe with { Steps = 1, BatchTokens = 48 } });

        Assert.Empty(States);
    }

    [Fact]
    public void Run_EarlyStopping_LooksAtKeptStatesToo()
    {
        var spec = Reward("full", packing: false) with { Data = _jobs.Texts(), Recipe = TinyLanguage.Recipe with { Steps = 30, EarlyStopping = new EarlyStoppingSpec { Patience = 20, EverySteps = 5, Count = 5 } } };

        var cached = Run("cached", spec);
        var plain = Plain("plain", spec);

        Assert.Equal(2, States.Count);
        Assert.Equal(plain.Metrics[MetricNames.ValidationLoss], cached.Metrics[MetricNames.ValidationLoss], 1e-5 * plain.Metrics[MetricNames.ValidationLoss]);
    }

    private (string, string) Source => ("source", _jobs.Output("source"));

    private List<string> States => Directory.Exists(Cache) ? [.. Directory.EnumerateFiles(Cache, "*.safetensors").Order(StringComparer.Ordinal)] : [];

    private string Cache => Path.Combine(_folder.Path, "cache", "states");

    private JobOutcome.Completed Run(string name, JobSpec spec) => _jobs.Complete(name, spec, Source);

    // Where a file stands in the cache's place nothing can be kept.
    private JobOutcome.Completed Plain(string name, JobSpec spec)
    {
        string cache = Directory.CreateDirectory(Path.Combine(_folder.Path, "no-cache")).FullName;
        File.WriteAllText(Path.Combine(cache, "states"), "");
        return Assert.IsType<JobOutcome.Completed>(JobRunner.Run(_jobs.Run(name, spec, Source) with { DataCacheFolder = cache }));
    }

    private RewardTuningSpec Reward(string method, bool packing, ComputeType type = ComputeType.Float32) => new()
    {
        Data = _jobs.Pairs() with { Packing = packing ? true : null },
        Source = "given",
        Lambda = 0.5,
        Recipe = TinyLanguage.Recipe with { Dtype = type },
        Method = method == "lora" ? new LoraMethod { Rank = 4 } : new FullMethod(),
    };

    private static double StateBytes(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return file.Header.Entries.Values.Sum(entry => entry.End - entry.Begin);
    }

    private static void Damage(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private void RequireSameWeights(string name)
    {
        using var one = SafetensorsFile.Open(Path.Combine(_jobs.Output("cached"), name));
        using var other = SafetensorsFile.Open(Path.Combine(_jobs.Output("plain"), name));
        foreach (string tensor in one.Header.Entries.Keys)
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            TensorAssert.Near(other.Tensor(tensor), one.Tensor(tensor), 1e-5, tensor);
        }
    }
}
