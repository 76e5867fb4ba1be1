using Ptune.Contracts.Specs;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Tests.Data.Text;
using Ptune.Learning.Tuning;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Tuning;

/// <summary>Training that computes in bf16 and moves masters in f32.</summary>
public sealed class MixedPrecisionTests : IDisposable
{
    private const int _size = 128;

    private static readonly CheckpointIdentity _identity = new("default.job", "recipe", "here");

    private static readonly LanguageRecipe _recipe = new()
    {
        Rates = new TrainingRecipe { LearningRate = 3e-3, WeightDecay = 0.1, CheckpointEverySteps = 3 },
        Steps = 40,
        BatchTokens = 4 * _size,
        MicroBatch = 2,
        Clip = 1,
        Recompute = true,
        Dropout = new Dropouts(Residual: 0.05),
    };

    private static readonly LoraSettings _lora = new() { Targets = new LoraTargets(Modules: null), Rank = 4, Alpha = 8 };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("full")]
    [InlineData("lora")]
    [InlineData("saved")]
    public void Run_InBfloat16_StaysNearFloat32(string method)
    {
        // Masks of another type are other draws.
        var recipe = _recipe with { Dropout = Dropouts.None };
        using var exact = new Training(method, ScalarType.Float32, recipe, loraDropout: 0);
        using var rounded = new Training(method, ScalarType.BFloat16, recipe, loraDropout: 0);

        var expected = exact.Run(Control($"{method}-exact"));
        var found = rounded.Run(Control($"{method}-rounded"));

        Assert.True(expected[^1] < 0.97 * expected[0], $"f32 learns too little for a comparison: {expected[0]} to {expected[^1]}");
        // bf16 has 8 bits: a loss is some thousandths away, and a course that goes wrong is far more than a hundredth away at its end.
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 0.01 * pair.First));
        Assert.NotEqual(expected, found);
    }

    [Theory]
    [InlineData("full")]
    [InlineData("lora")]
    [InlineData("saved")]
    public void Run_InBfloat16StoppedAndResumed_EndsInTheSameBytes(string method)
    {
        set_num_threads(1);
        using var whole = new Training(method, ScalarType.BFloat16);
        whole.Run(Control($"{method}-whole"));
        string checkpoint;
        using (var first = new Training(method, ScalarType.BFloat16))
        using (var stop = new CancellationTokenSource())
        {
            Assert.False(first.Trainer.Run(Control($"{method}-first") with { Stop = stop.Token, OnProgress = progress => { if (progress.Step == 11) stop.Cancel(); } }));
            checkpoint = first.Trainer.LastCheckpoint!;
        }

        using var second = new Training(method, ScalarType.BFloat16);
        second.Trainer.Resume(checkpoint, _identity);
        second.Run(Control($"{method}-second"));

        Assert.True(TensorAssert.Same(whole.Masters.Values, second.Masters.Values));
    }

    /// <summary>A step far below bf16's spacing is lost in it, and kept in a master.</summary>
    [Fact]
    public void Run_TinySteps_AddUpInTheMasters()
    {
        using var training = new Training("full", ScalarType.BFloat16, _recipe with { Steps = 8, Rates = _recipe.Rates with { LearningRate = 1e-6, Schedule = LearningRateSchedule.Constant, Warmup = 0, WeightDecay = 0 } });
        using var before = training.Masters.Values.clone();

        training.Run(Control("tiny"));

        using var scope = NewDisposeScope();
        // Adam's steps are about the learning rate, whatever the gradient: 8e-6 at most.
        double moved = (training.Masters.Values - before).abs().max().item<float>();
        Assert.InRange(moved, 4e-6, 9e-6);
        foreach (string name in training.Masters.Names) Assert.True(TensorAssert.Same(training.Masters[name].to_type(ScalarType.BFloat16), training.Copies![name]), name);
    }

    [Fact]
    public void CollectGradients_MicroBatches_AddUpInFloat32()
    {
        using var masters = new TrainableParameters();
        masters.Declare("weight", ParameterInits.Ones, 2);
        masters.Allocate(CPU, trainable: true);
        using var copies = new ComputeCopies(masters, ScalarType.BFloat16);
        // In bf16 256 + 1 is 256.
        foreach (float gradient in (float[])[256, 1, 1])
        {
            (copies["weight"] * gradient).sum().backward();
            copies.CollectGradients();
        }

        Assert.Equal([258f, 258f], masters["weight"].grad!.data<float>().ToArray());
        Assert.Null(copies["weight"].grad);
    }

    [Fact]
    public void Trainer_NetworkOfAnotherType_IsRefused()
    {
        var error = Assert.Throws<LearningException>(() => new Training("lora", ScalarType.Float32, _recipe with { Type = ScalarType.BFloat16 }, keepType: true));

        Assert.Contains("BFloat16", error.Message, StringComparison.Ordinal);
    }

    private TrainingControl Control(string name) => new() { Identity = _identity, Folder = _folder.Folder(name) };

    private sealed class Training : IDisposable
    {
        private readonly Network _network;
        private readonly Adapter? _adapter;

        public Training(string method, ScalarType type, LanguageRecipe? recipe = null, bool keepType = false, double loraDropout = 0.1)
        {
            using var folder = method == "full" ? PretrainedFolder.Open(DataFixture.PathOf("model")) : null;
            if (folder is not null)
            {
                Masters = folder.LoadTrainable(CPU);
                Copies = type == ScalarType.Float32 ? null : new ComputeCopies(Masters, type);
                _network = folder.Network((ModelParameters?)Copies ?? Masters);
            }
            else
            {
                _network = PretrainedFolder.Open(DataFixture.PathOf("model")).LanguageModel(type, CPU);
                var layout = new AdapterLayout(_network).AddLora(_lora with { Dropout = loraDropout });
                if (method == "saved") layout.AddSaved(ModulePattern.PlainEnds(["norm", "lm_head"]));
                _adapter = Adapter.Create(layout, CPU, seed: 1);
                (Masters, Copies) = (_adapter.Parameters, _adapter.Copies);
            }

            var objective = new TokenObjective(new LanguageNetwork((CausalLanguageModel)_network));
            recipe ??= _recipe;
            Trainer = new LanguageTrainer(Masters, objective, TokenRows.Packed(Examples(), _size), keepType ? recipe : recipe with { Type = type }, pad: 0, seed: 9, copies: Copies);
        }

        public TrainableParameters Masters { get; }

        public ComputeCopies? Copies { get; }

        public LanguageTrainer Trainer { get; }

        public double[] Run(TrainingControl control)
        {
            Assert.True(Trainer.Run(control));
            return [.. Trainer.Curve.Select(point => point.Loss)];
        }

        public void Dispose()
        {
            Trainer.Dispose();
            _adapter?.Dispose();
            _network.Dispose();
            Masters.Dispose();
        }

        private static List<EncodedExample> Examples() => [.. TrainingExamples.Plain().Select(example => example.Slice(0, Math.Min(example.Length, _size)))];
    }
}
