using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Models;
using Ptune.Learning.Tuning;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Tuning;

public sealed class ImageTrainerTests : IDisposable
{
    private const int _rows = 30;

    private static readonly CheckpointIdentity _identity = new("default.job", "recipe", "here");

    private readonly TempFolder _folder = new();
    private readonly ExampleTensors _examples = new(
        new Examples(
            new ImageSize(TinyDataset.Side, TinyDataset.Side),
            TinyDataset.Images(_rows, 1),
            [.. TinyDataset.LabelBytes(_rows).Select(l => (long)l)],
            TinyDataset.Labels,
            "data",
            new Dictionary<Split, string>()),
        CPU);

    public void Dispose()
    {
        _examples.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Run_LearnableExamples_LowersTheLossAndReportsAboutAHundredTimes()
    {
        using var network = NewNetwork(new MlpSpec { Hidden = 16, Depth = 1 });
        using var trainer = new ImageTrainer(network, _examples, Objective.CrossEntropy, new TrainingRecipe { Epochs = 150, BatchSize = 10, LearningRate = 0.01 }, 1);
        var reports = new List<JobProgress>();
        Assert.True(trainer.Run(Control() with { OnProgress = reports.Add }));
        Assert.Equal(450, trainer.Step);
        Assert.Equal(90, trainer.Curve.Count);
        Assert.Equal(450, trainer.Curve[^1].Step);
        Assert.True(trainer.Curve[^1].Loss < 0.2 * trainer.Curve[0].Loss);
        Assert.Equal((1, null), (reports[0].Step, reports[0].Loss));
        Assert.Equal(trainer.Curve.Select(p => (p.Step, (double?)p.Loss)), reports.Where(r => r.Step % 5 == 0).Select(r => (r.Step, r.Loss)));
    }

    /// <summary>The loss of the one step that there is was that of the weights before it.</summary>
    [Theory]
    [InlineData(1e20, "the loss after it is")]
    [InlineData(1e38, "the largest parameter is")]
    public void Run_WeightsExplodeAtTheLastStep_HasNoResult(double rate, string how)
    {
        using var network = NewNetwork(new MlpSpec { Hidden = 32, Depth = 8 });
        using var trainer = new ImageTrainer(network, _examples, Objective.CrossEntropy, new TrainingRecipe { Epochs = 1, BatchSize = _rows, LearningRate = rate, Warmup = 0 }, 1);
        var error = Assert.Throws<DivergedException>(() => trainer.Run(Control()));
        Assert.Contains($"The training diverged at step 1: {how}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WeightsExplodeBetweenPoints_WritesNoCheckpointOfThem()
    {
        using var network = NewNetwork(new MlpSpec { Hidden = 32, Depth = 8 });
        using var trainer = new ImageTrainer(
            network, _examples, Objective.CrossEntropy, new TrainingRecipe { Epochs = 1_000, BatchSize = _rows, LearningRate = 1e38, Warmup = 0, CheckpointEverySteps = 1 }, 1);
        var written = new List<long>();
        Assert.Throws<DivergedException>(() => trainer.Run(Control() with { OnCheckpoint = (_, step) => written.Add(step) }));
        Assert.Empty(written);
        Assert.Null(trainer.LastCheckpoint);
    }

    [Fact]
    public void Run_LongBetweenThePointsOfItsCurve_ShowsThatItLives()
    {
        using var network = NewNetwork(new MlpSpec { Hidden = 4, Depth = 1 });
        using var trainer = new ImageTrainer(network, _examples, Objective.CrossEntropy, new TrainingRecipe { Epochs = 1_000, BatchSize = _rows }, 1);
        var steps = new List<long>();
        using var stop = new CancellationTokenSource();
        trainer.Run(Control() with { Time = new SecondAReading(), Stop = stop.Token, OnProgress = p => { steps.Add(p.Step); if (p.Step >= 9) stop.Cancel(); } });
        Assert.Equal([1L, 3L, 5L, 7L, 9L], steps);
    }

    [Theory]
    [InlineData("vit")]
    [InlineData("cnn")]
    [InlineData("mlp")]
    public void TakeStep_OneThousandTimes_LeavesNoTensorBehind(string kind)
    {
        ArchitectureSpec architecture = kind switch
        {
            "vit" => new VitSpec { Patch = 4, Dim = 4, Depth = 1, Heads = 1 },
            "cnn" => new CnnSpec { Channels = 1, Hidden = 4 },
            _ => new MlpSpec { Hidden = 4, Depth = 1 },
        };
        set_num_threads(1);
        using var network = NewNetwork(architecture);
        using var baseLogProbs = zeros(_rows, TinyDataset.Labels.Length);
        using var trainer = new ImageTrainer(network, _examples, new Objective(baseLogProbs, 1), new TrainingRecipe { Epochs = 1_100, BatchSize = 4 }, 1);
        for (int step = 0; step < 100; step++) trainer.TakeStep();
        CollectWhatOtherTestsLeft();
        long before = Tensor.TotalCount;
        for (int step = 0; step < 1_000; step++) trainer.TakeStep();
        Assert.Equal(before, Tensor.TotalCount);
    }

    // The count is of the process: a tensor that an earlier test gave to the collector must not leave during the steps.
    private static void CollectWhatOtherTestsLeft()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    [Fact]
    public void Run_LossThatIsNoNumber_SaysWhereAndWhatToDo()
    {
        using var network = NewNetwork(new MlpSpec { Hidden = 4, Depth = 1 });
        using (no_grad()) network.Parameters.Values.fill_(float.NaN);
        using var trainer = new ImageTrainer(network, _examples, Objective.CrossEntropy, new TrainingRecipe { Epochs = 1 }, 1);
        var error = Assert.Throws<DivergedException>(() => trainer.Run(Control()));
        Assert.Contains("at step 1:", error.Message, StringComparison.Ordinal);
        Assert.Contains("learningRate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_StoppedBeforeItsFirstStep_HasNothingToKeep()
    {
        using var network = NewNetwork(new MlpSpec { Hidden = 4, Depth = 1 });
        using var trainer = new ImageTrainer(network, _examples, Objective.CrossEntropy, new TrainingRecipe { Epochs = 1 }, 1);
        Assert.False(trainer.Run(Control() with { Stop = new CancellationToken(canceled: true) }));
        Assert.Null(trainer.LastCheckpoint);
    }

    [Fact]
    public void Run_ManyCheckpoints_KeepsTheLast()
    {
        using var network = NewNetwork(new MlpSpec { Hidden = 4, Depth = 1 });
        using var trainer = new ImageTrainer(network, _examples, Objective.CrossEntropy, new TrainingRecipe { Epochs = 2, BatchSize = 3, CheckpointEverySteps = 4 }, 1);
        var steps = new List<long>();
        trainer.Run(Control() with { OnCheckpoint = (file, step) => { Assert.True(File.Exists(file)); steps.Add(step); } });
        Assert.Equal([4L, 8L, 12L, 16L], steps);
        Assert.Equal(["checkpoint-16.safetensors"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(64)]
    public void Run_InParts_LearnsWhatWholeBatchesDoButForRounding(int parts)
    {
        var recipe = new TrainingRecipe { Epochs = 5, BatchSize = 7, LearningRate = 0.01 };
        var (whole, expected) = Train(recipe, 1);
        var (inParts, curve) = Train(recipe, parts);
        Assert.Equal(expected[^1].Loss, curve[^1].Loss, 4);
        Assert.True(whole.Zip(inParts).Max(pair => Math.Abs(pair.First - pair.Second)) < 1e-3);
        // Not the same bytes: what says so in a result is not said for nothing.
        Assert.NotEqual(whole, inParts);
    }

    [Fact]
    public void TakeStep_InParts_LeavesNoTensorBehind()
    {
        using var network = NewNetwork(new MlpSpec { Hidden = 4, Depth = 1 });
        using var trainer = new ImageTrainer(network, _examples, Objective.CrossEntropy, new TrainingRecipe { Epochs = 1_100, BatchSize = 4 }, 1, parts: 3);
        for (int step = 0; step < 100; step++) trainer.TakeStep();
        CollectWhatOtherTestsLeft();
        long before = Tensor.TotalCount;
        for (int step = 0; step < 1_000; step++) trainer.TakeStep();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Run_CheckpointIsBeingWritten_TrainsOnMeanwhile()
    {
        using var network = NewNetwork(new MlpSpec { Hidden = 4, Depth = 1 });
        using var trainer = new ImageTrainer(network, _examples, Objective.CrossEntropy, new TrainingRecipe { Epochs = 1, BatchSize = 3, CheckpointEverySteps = 9 }, 1);
        using var trained = new ManualResetEventSlim();
        // The one who is told of the checkpoint waits for the last step: on the training's own thread that would never come.
        Assert.True(trainer.Run(Control() with
        {
            OnCheckpoint = (_, _) => Assert.True(trained.Wait(TimeSpan.FromSeconds(60))),
            OnProgress = progress =>
            {
                if (progress.Step == progress.TotalSteps) trained.Set();
            },
        }));
        Assert.Equal(10, trainer.Step);
    }

    [Fact]
    public void Run_CheckpointCannotBeWritten_SaysSo()
    {
        using var network = NewNetwork(new MlpSpec { Hidden = 4, Depth = 1 });
        using var trainer = new ImageTrainer(network, _examples, Objective.CrossEntropy, new TrainingRecipe { Epochs = 1, BatchSize = 3, CheckpointEverySteps = 4 }, 1);
        Assert.ThrowsAny<IOException>(() => trainer.Run(Control() with { Folder = Path.Combine(_folder.Path, "absent") }));
    }

    [Theory]
    [InlineData("job", "of job default.job, not of default.other")]
    [InlineData("recipe", "another recipe")]
    [InlineData("truncated", "at offset")]
    [InlineData("tampered", "digest differs")]
    [InlineData("network", "not [")]
    [InlineData("shorter", "it says to stand at step 4 of 3")]
    [InlineData("format", "it is no checkpoint")]
    public void Resume_WhatIsNotItsOwn_IsRefused(string what, string problem)
    {
        var recipe = new TrainingRecipe { Epochs = 2, BatchSize = 10, CheckpointEverySteps = 4 };
        string path = WriteCheckpoint(recipe);
        var identity = what switch { "job" => _identity with { JobId = "default.other" }, "recipe" => _identity with { Recipe = "other" }, _ => _identity };
        byte[] bytes = File.ReadAllBytes(path);
        if (what == "truncated") File.WriteAllBytes(path, bytes[..^3]);
        if (what == "tampered") bytes[^3] ^= 1;
        if (what == "tampered") File.WriteAllBytes(path, bytes);
        if (what == "format") Ptune.Learning.Formats.SafetensorsWriter.Write(path, []);
        if (what == "shorter") recipe = recipe with { Epochs = 1 };

        using var network = NewNetwork(new MlpSpec { Hidden = what == "network" ? 5 : 4, Depth = 1 });
        using var trainer = new ImageTrainer(network, _examples, Objective.CrossEntropy, recipe, 1);
        var error = Assert.ThrowsAny<LearningException>(() => trainer.Resume(path, identity));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_InAnotherEnvironment_GoesOnAndSaysSo()
    {
        var recipe = new TrainingRecipe { Epochs = 2, BatchSize = 10, CheckpointEverySteps = 4 };
        string path = WriteCheckpoint(recipe);
        using var network = NewNetwork(new MlpSpec { Hidden = 4, Depth = 1 });
        using var trainer = new ImageTrainer(network, _examples, Objective.CrossEntropy, recipe, 1);
        trainer.Resume(path, _identity with { Environment = "elsewhere" });
        Assert.Equal(4, trainer.Step);
        Assert.Equal("here", trainer.ResumedFrom);
    }

    private (float[] Parameters, IReadOnlyList<LossPoint> Curve) Train(TrainingRecipe recipe, int parts)
    {
        set_num_threads(1);
        using var network = NewNetwork(new MlpSpec { Hidden = 16, Depth = 1 });
        using var trainer = new ImageTrainer(network, _examples, Objective.CrossEntropy, recipe, 1, parts);
        Assert.True(trainer.Run(Control()));
        return (network.Parameters.Values.data<float>().ToArray(), trainer.Curve);
    }

    private static ImageClassifier NewNetwork(ArchitectureSpec architecture)
    {
        var network = ImageClassifier.Create(architecture, new ImageSize(TinyDataset.Side, TinyDataset.Side), TinyDataset.Labels.Length, CPU, trainable: true);
        network.Parameters.Initialize(1);
        return network;
    }

    private string WriteCheckpoint(TrainingRecipe recipe)
    {
        using var network = NewNetwork(new MlpSpec { Hidden = 4, Depth = 1 });
        using var trainer = new ImageTrainer(network, _examples, Objective.CrossEntropy, recipe, 1);
        Assert.True(trainer.Run(Control()));
        return trainer.LastCheckpoint!;
    }

    private TrainingControl Control() => new() { Identity = _identity, Folder = _folder.Path };

    /// <summary>A second goes by whenever it is read.</summary>
    private sealed class SecondAReading : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => ++_seconds;
    }
}
