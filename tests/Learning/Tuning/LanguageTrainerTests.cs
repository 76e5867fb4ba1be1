using Ptune.Contracts.Specs;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tests.Data.Text;
using Ptune.Learning.Tuning;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Tuning;

public sealed class LanguageTrainerTests : IDisposable
{
    private const int _size = 128;

    private static readonly CheckpointIdentity _identity = new("default.job", "recipe", "here");

    private static readonly LanguageRecipe _recipe = new()
    {
        Rates = new TrainingRecipe { LearningRate = 0.01, WeightDecay = 0.1, CheckpointEverySteps = 3 },
        Steps = 12,
        BatchTokens = 4 * _size,
        MicroBatch = 3,
        Clip = 1,
    };

    private static readonly LoraSettings _lora = new() { Targets = new LoraTargets(Modules: null), Rank = 4, Alpha = 8, Dropout = 0.1 };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_LearnableRows_LowersTheLoss()
    {
        using var model = Frozen();
        using var adapter = Adapter.Create(new AdapterLayout(model).AddLora(_lora), CPU, seed: 1);
        using var trainer = Trainer(model, adapter, _recipe with { Steps = 60 });

        Assert.True(trainer.Run(Control("whole")));

        Assert.Equal(60, trainer.Step);
        Assert.True(trainer.Curve[^1].Loss < 0.9 * trainer.Curve[0].Loss, $"{trainer.Curve[0].Loss} to {trainer.Curve[^1].Loss}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(11)]
    public void Run_StoppedAndResumed_EndsInTheSameBytes(int stopAfter)
    {
        set_num_threads(1);
        using var model = Frozen();
        using var whole = Adapter.Create(new AdapterLayout(model).AddLora(_lora), CPU, seed: 1);
        using (var trainer = Trainer(model, whole, _recipe)) Assert.True(trainer.Run(Control("whole")));

        string checkpoint;
        using (var first = Adapter.Create(new AdapterLayout(model).AddLora(_lora), CPU, seed: 1))
        using (var trainer = Trainer(model, first, _recipe))
        using (var stop = new CancellationTokenSource())
        {
            Assert.False(trainer.Run(Control("first") with { Stop = stop.Token, OnProgress = progress => { if (progress.Step == stopAfter) stop.Cancel(); } }));
            checkpoint = trainer.LastCheckpoint!;
        }

        using var second = Adapter.Create(new AdapterLayout(model).AddLora(_lora), CPU, seed: 1);
        using var resumed = Trainer(model, second, _recipe);
        resumed.Resume(checkpoint, _identity);
        Assert.Equal(stopAfter, resumed.Step);
        Assert.True(resumed.Run(Control("second")));

        Assert.True(TensorAssert.Same(whole.Parameters.Values, second.Parameters.Values));
    }

    [Fact]
    public void Run_NothingGained_StopsAndKeepsTheBest()
    {
        using var model = Frozen();
        using var adapter = Adapter.Create(new AdapterLayout(model).AddLora(_lora), CPU, seed: 1);
        // Least at the second look, at step 4; the third and fourth gain nothing.
        var losses = new Queue<double>([3, 2, 2.5, 2]);
        float[]? best = null;
        using var stopping = new EarlyStopping(adapter.Parameters, everySteps: 2, patience: 2, () =>
        {
            if (losses.Count == 3) best = adapter.Parameters.Values.data<float>().ToArray();
            return losses.Dequeue();
        });
        using var trainer = Trainer(model, adapter, _recipe, stopping);

        Assert.True(trainer.Run(Control("stopped")));

        Assert.Equal((8L, 4L, 2.0), (trainer.Step, stopping.BestStep, stopping.LeastLoss));
        Assert.Equal(8, trainer.Curve[^1].Step);
        Assert.Equal(best, adapter.Parameters.Values.data<float>().ToArray());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    public void Run_StoppedAndResumedWithEarlyStopping_EndsInTheSameBytes(int stopAfter)
    {
        set_num_threads(1);
        using var model = Frozen();
        using var whole = Adapter.Create(new AdapterLayout(model).AddLora(_lora), CPU, seed: 1);
        using (var stopping = Looks(whole))
        using (var trainer = Trainer(model, whole, _recipe, stopping)) Assert.True(trainer.Run(Control("whole")));

        string checkpoint;
        using (var first = Adapter.Create(new AdapterLayout(model).AddLora(_lora), CPU, seed: 1))
        using (var stopping = Looks(first))
        using (var trainer = Trainer(model, first, _recipe, stopping))
        using (var stop = new CancellationTokenSource())
        {
            Assert.False(trainer.Run(Control("first") with { Stop = stop.Token, OnProgress = progress => { if (progress.Step == stopAfter) stop.Cancel(); } }));
            checkpoint = trainer.LastCheckpoint!;
        }

        using var second = Adapter.Create(new AdapterLayout(model).AddLora(_lora), CPU, seed: 1);
        using var again = Looks(second);
        using var resumed = Trainer(model, second, _recipe, again);
        resumed.Resume(checkpoint, _identity);
        Assert.True(resumed.Run(Control("second")));

        Assert.Equal(4, again.BestStep);
        Assert.True(TensorAssert.Same(whole.Parameters.Values, second.Parameters.Values));

        // A loss that depends on the parameters, so that a look at other ones is another loss, and that is least at the second look.
        static EarlyStopping Looks(Adapter adapter)
        {
            int look = 0;
            return new EarlyStopping(adapter.Parameters, everySteps: 2, patience: 10, () =>
            {
                using var scope = NewDisposeScope();
                double norm = adapter.Parameters.Values.square().sum().item<float>();
                return ++look == 2 && norm < 1e9 ? 1 : 2 + norm;
            });
        }
    }

    /// <summary>A step's loss is that of the weights before it: what the only step makes of them must be looked at, too.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void Run_LearningRateFarTooHigh_EndsWithTheStepAndKeepsNothingThatIsNotFinite(long steps)
    {
        using var model = Frozen();
        using var adapter = Adapter.Create(new AdapterLayout(model).AddLora(_lora with { Dropout = 0 }), CPU, seed: 1);
        using var trainer = Trainer(model, adapter, _recipe with { Steps = steps, Clip = null, Rates = _recipe.Rates with { LearningRate = 1e30, WeightDecay = 0, Warmup = 0, Schedule = LearningRateSchedule.Constant } });

        var error = Assert.Throws<DivergedException>(() => trainer.Run(Control("diverged")));

        Assert.InRange(error.Step, 1, steps);
        Assert.Contains($"step {error.Step}", error.Message, StringComparison.Ordinal);
    }

    /// <summary>What came before is not lost: the message says how far it was good.</summary>
    [Fact]
    public void Run_DivergesAfterACheckpoint_NamesThatOne()
    {
        using var model = Frozen();
        using var adapter = Adapter.Create(new AdapterLayout(model).AddLora(_lora with { Dropout = 0 }), CPU, seed: 1);
        var rates = _recipe.Rates with { LearningRate = 1e-3, WeightDecay = 0, Warmup = 0, Schedule = LearningRateSchedule.Constant, CheckpointEverySteps = 2 };
        using var trainer = Trainer(model, adapter, _recipe with { Steps = 10, Clip = null, Rates = rates });

        var error = Assert.Throws<DivergedException>(() => trainer.Run(Control("diverged") with { OnCheckpoint = (_, _) => { }, OnProgress = progress => { if (progress.Step == 5) adapter.Parameters.Values.fill_(float.NaN); } }));

        Assert.Contains("The last good checkpoint is of step 4.", error.Message, StringComparison.Ordinal);
        Assert.Equal(6, error.Step);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TakeStep_ManyTimes_LeavesNoTensorBehind(bool recompute)
    {
        set_num_threads(1);
        using var model = Frozen();
        using var adapter = Adapter.Create(new AdapterLayout(model).AddLora(_lora), CPU, seed: 1);
        using var trainer = Trainer(model, adapter, _recipe with { Steps = 1_000, Recompute = recompute, Dropout = new Dropouts(0.1, 0.1, 0.1), LabelSmoothing = 0.1 });
        for (int step = 0; step < 5; step++) trainer.TakeStep();
        // What other tests left goes now, and not while this one counts.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = Tensor.TotalCount;

        for (int step = 0; step < 50; step++) trainer.TakeStep();

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [InlineData(1.0, 0.0, "residual dropout is 1")]
    [InlineData(0.0, -0.1, "label smoothing is -0.1")]
    public void Trainer_ShareOutOfRange_IsRefused(double dropout, double smoothing, string expected)
    {
        using var model = Frozen();
        using var adapter = Adapter.Create(new AdapterLayout(model).AddLora(_lora), CPU, seed: 1);

        var error = Assert.Throws<LearningException>(() => Trainer(model, adapter, _recipe with { Dropout = new Dropouts(Residual: dropout), LabelSmoothing = smoothing }));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Run_WithGeneralDataStoppedAndResumed_TakesItsShareAndEndsInTheSameBytes(int stopAfter)
    {
        set_num_threads(1);
        using var model = Frozen();
        var general = new GeneralData(TokenRows.Packed([.. Examples().Take(6)], _size), 0.25);
        using var whole = Adapter.Create(new AdapterLayout(model).AddLora(_lora), CPU, seed: 1);
        using (var trainer = Trainer(model, whole, _recipe, general: general))
        {
            Assert.True(trainer.Run(Control("whole")));
            // Of 4 rows a step 1 is general; where an epoch ends a step may have fewer of the others.
            Assert.Equal(12 * _size, trainer.TokensTaken.General);
            Assert.InRange(trainer.TokensTaken.Own, (12 * 3 * _size) - (4 * _size), 12 * 3 * _size);
            Assert.InRange(trainer.TokensTaken.GeneralShare, 0.25, 0.28);
        }

        string checkpoint;
        using (var first = Adapter.Create(new AdapterLayout(model).AddLora(_lora), CPU, seed: 1))
        using (var trainer = Trainer(model, first, _recipe, general: general))
        using (var stop = new CancellationTokenSource())
        {
            Assert.False(trainer.Run(Control("first") with { Stop = stop.Token, OnProgress = progress => { if (progress.Step == stopAfter) stop.Cancel(); } }));
            checkpoint = trainer.LastCheckpoint!;
        }

        using var second = Adapter.Create(new AdapterLayout(model).AddLora(_lora), CPU, seed: 1);
        using var resumed = Trainer(model, second, _recipe, general: general);
        resumed.Resume(checkpoint, _identity);
        Assert.True(resumed.Run(Control("second")));

        Assert.True(TensorAssert.Same(whole.Parameters.Values, second.Parameters.Values));
        using var without = Adapter.Create(new AdapterLayout(model).AddLora(_lora), CPU, seed: 1);
        using (var trainer = Trainer(model, without, _recipe)) trainer.Run(Control("without"));
        Assert.False(TensorAssert.Same(whole.Parameters.Values, without.Parameters.Values));
    }

    [Theory]
    [InlineData(0.0, "share of general data is 0")]
    [InlineData(1.0, "share of general data is 1")]
    [InlineData(0.1, "A row of general data has 128 tokens")]
    [InlineData(0.9, "A row of the data has 128 tokens")]
    public void Trainer_ShareThatCannotBeHeld_IsRefused(double share, string expected)
    {
        using var model = Frozen();
        using var adapter = Adapter.Create(new AdapterLayout(model).AddLora(_lora), CPU, seed: 1);

        var error = Assert.Throws<LearningException>(() => Trainer(model, adapter, _recipe, general: new GeneralData(TokenRows.Packed(Examples(), _size), share)));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    /// <summary>A validation loss is that of the model in use: nothing is left out, and nothing is drawn.</summary>
    [Fact]
    public void Sum_OfANetworkWithDropout_IsThatOfTheModelInUse()
    {
        set_num_threads(1);
        using var model = Frozen();
        using var adapter = Adapter.Create(new AdapterLayout(model).AddLora(_lora with { Dropout = 0.5 }), CPU, seed: 1);
        using var trainer = Trainer(model, adapter, _recipe with { Dropout = new Dropouts(0.5, 0.5, 0.5), LabelSmoothing = 0.5 });
        trainer.TakeStep();
        using var scope = NewDisposeScope();
        var batch = TokenBatch.Of(TokenRows.Packed(Examples(), _size).Blocks([0], pad: 0), CPU);
        var state = random.get_rng_state();
        var objective = new TokenObjective(new LanguageNetwork(model));

        double sum = objective.Sum(batch);

        Assert.True(TensorAssert.Same(state, random.get_rng_state()));
        var logits = model.Logits(batch.Ids, batch.Layout).flatten(0, 1);
        var (rows, targets) = batch.Trained();
        Assert.Equal(nn.functional.cross_entropy(logits.index_select(0, rows), targets, reduction: nn.Reduction.Sum).item<float>(), sum, 1e-4 * sum);
    }

    [Fact]
    public void Rows_OfEveryEpoch_AreAllRowsOnce()
    {
        int[] tokens = [.. Enumerable.Range(0, 37).Select(row => 5 + (row * 7 % 40))];
        var plan = new TokenPlan(tokens, batchTokens: 100, seed: 3);
        var steps = new List<IReadOnlyList<int>>();
        for (int epoch = 0, step = 0; epoch < 3; epoch++)
        {
            var seen = new List<int>();
            for (; seen.Count < tokens.Length; step++)
            {
                steps.Add(plan.Rows(step));
                seen.AddRange(steps[^1]);
                Assert.InRange(steps[^1].Sum(row => tokens[row]), 1, 100);
            }

            Assert.Equal(Enumerable.Range(0, tokens.Length), seen.Order());
        }

        // From anywhere, and backwards: the place is the step and nothing else.
        Assert.Equal(steps[^1], new TokenPlan(tokens, 100, 3).Rows(steps.Count - 1));
        Assert.Equal(steps[0], plan.Rows(0));
        Assert.NotEqual(steps[0], new TokenPlan(tokens, 100, seed: 4).Rows(0));
    }

    private static CausalLanguageModel Frozen() => PretrainedFolder.Open(DataFixture.PathOf("model")).LanguageModel(ScalarType.Float32, CPU);

    private static LanguageTrainer Trainer(CausalLanguageModel model, Adapter adapter, LanguageRecipe recipe, EarlyStopping? stopping = null, GeneralData? general = null) =>
        new(adapter.Parameters, new TokenObjective(new LanguageNetwork(model)), TokenRows.Packed(Examples(), _size), recipe, pad: 0, seed: 9, stopping, general: general);

    private static List<EncodedExample> Examples() =>
        [.. TrainingExamples.Plain().Select(example => example.Slice(0, Math.Min(example.Length, _size)))];

    private TrainingControl Control(string name) => new() { Identity = _identity, Folder = _folder.Folder(name) };
}
