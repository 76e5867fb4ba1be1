using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning;

/// <summary>
/// The one training loop: pretraining, fine-tuning and reward tuning differ in network, examples and <see cref="Objective"/> alone.
/// A run that is stopped or killed anywhere and goes on from its last checkpoint ends in the same bytes as one that was not.
/// </summary>
internal sealed class Trainer : IDisposable
{
    private const int _points = 100;

    private readonly ImageClassifier _network;
    private readonly ExampleTensors _examples;
    private readonly Objective _objective;
    private readonly TrainingRecipe _recipe;
    private readonly ExampleOrder _order;
    private readonly LearningRates _rates;
    private readonly AdamW _optimizer;
    private readonly Tensor _windowLoss; // [1] f64: added up on the device, so that a step never waits for it
    private readonly long _window;
    private readonly long _partSize;

    private TrainingState _state = new();

    /// <param name="parts">
    /// In how many parts a batch goes forward and back. No network here looks across the examples of a batch (none has batch norm), so the summed
    /// gradients are the whole batch's but for rounding.
    /// </param>
    public Trainer(ImageClassifier network, ExampleTensors examples, Objective objective, TrainingRecipe recipe, long seed, int parts = 1)
    {
        var device = network.Parameters.Values.device;
        (_network, _examples, _objective, _recipe) = (network, examples, objective, recipe);
        _order = new ExampleOrder(seed, examples.Count, recipe.BatchSize, device);
        TotalSteps = _order.StepsPerEpoch * recipe.Epochs;
        _rates = new LearningRates(recipe, TotalSteps);
        _optimizer = new AdamW(network.Parameters, recipe.WeightDecay);
        _windowLoss = zeros(1, ScalarType.Float64, device).DetachFromDisposeScope();
        _window = (TotalSteps + _points - 1) / _points;
        _partSize = (recipe.BatchSize + parts - 1) / parts;
        random.manual_seed(seed);
    }

    public long TotalSteps { get; }

    /// <summary>Steps done.</summary>
    public long Step => _state.Step;

    public IReadOnlyList<LossPoint> Curve => _state.Curve;

    /// <summary>The other environment that the run was begun in; null where there is none.</summary>
    public string? ResumedFrom => _state.ResumedFrom;

    /// <summary>Examples that the steps of this process took a second.</summary>
    public double ExamplesPerSecond { get; private set; }

    /// <summary>Goes on from a checkpoint.</summary>
    /// <exception cref="LearningException">It is damaged, or of another run.</exception>
    public void Resume(string checkpoint, CheckpointIdentity identity) =>
        _state = Checkpoint.Read(checkpoint, identity, TotalSteps, _network.Parameters.Values, _optimizer, _windowLoss);

    /// <summary>The checkpoint that was written last; null where none was.</summary>
    public string? LastCheckpoint { get; private set; }

    /// <summary>Trains to the end, or writes a checkpoint and returns when it is asked to stop.</summary>
    /// <returns>True when the run is done.</returns>
    /// <exception cref="LearningException">It diverged: a loss or a parameter is not finite. Nothing of it is then kept.</exception>
    public bool Run(TrainingControl control)
    {
        using var writer = new CheckpointWriter(control.Folder, control.OnCheckpoint);
        var reporter = new ProgressReporter(control, TotalSteps);
        long started = control.Time.GetTimestamp(), examples = 0;
        while (_state.Step < TotalSteps)
        {
            if (control.Stop.IsCancellationRequested)
            {
                Save(control, writer);
                LastCheckpoint = writer.Finish();
                return false;
            }

            long taken = TakeStep();
            examples += taken;
            bool closesPoint = _state.Step % _window == 0 || _state.Step == TotalSteps;
            reporter.Stepped(_state.Step, taken, closesPoint ? ClosePoint() : null);

            if (_state.Step % _recipe.CheckpointEverySteps == 0 && _state.Step < TotalSteps) Save(control, writer);
        }

        LastCheckpoint = writer.Finish();
        RequireUsable();

        double total = control.Time.GetElapsedTime(started).TotalSeconds;
        ExamplesPerSecond = total > 0 ? examples / total : 0;
        return true;
    }

    /// <summary>One step; returns how many examples it took.</summary>
    public long TakeStep()
    {
        using var scope = NewDisposeScope();
        var rows = _order.Rows(_state.Step);
        if (rows.shape[0] > _partSize) PassInParts(rows);
        else PassWhole(rows);
        double rate = _rates.At(_state.Step);
        _state.Step++;
        _state.WindowSteps++;
        _optimizer.Step(_state.Step, rate);
        return rows.shape[0];
    }

    public void Dispose()
    {
        _order.Dispose();
        _optimizer.Dispose();
        _windowLoss.Dispose();
    }

    private double ClosePoint()
    {
        using var scope = NewDisposeScope();
        double loss = _windowLoss.item<double>() / _state.WindowSteps;
        if (!double.IsFinite(loss)) throw Diverged($"the loss is {loss}");
        RequireFinite();
        _state.Curve.Add(new LossPoint(_state.Step, loss));
        _state.WindowSteps = 0;
        _windowLoss.zero_();
        return loss;
    }

    /// <summary>A loss is that of the weights before its step: what the last step has made of them is looked at by itself.</summary>
    private void RequireUsable()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        RequireFinite();
        var rows = _order.Rows(_state.Step - 1);
        double loss = Loss(rows.narrow(0, 0, Math.Min(_partSize, rows.shape[0]))).item<float>();
        if (!double.IsFinite(loss)) throw Diverged($"the loss is {loss} after the last step");
    }

    private void RequireFinite()
    {
        using var scope = NewDisposeScope();
        if (!_network.Parameters.Values.isfinite().all().item<bool>()) throw Diverged("a parameter is not finite");
    }

    private LearningException Diverged(string how) =>
        new($"The training diverged: {how} at step {_state.Step} of {TotalSteps}. Lower recipe.learningRate or raise recipe.warmup.");

    private void PassWhole(Tensor rows)
    {
        var loss = Loss(rows);
        _network.Parameters.ClearGradients();
        loss.backward();
        _windowLoss.add_(loss.detach());
    }

    /// <summary>The mean over the batch is the sum over its parts of their means, each weighted by its share.</summary>
    private void PassInParts(Tensor rows)
    {
        long count = rows.shape[0];
        _network.Parameters.ClearGradients();
        for (long start = 0; start < count; start += _partSize)
        {
            using var scope = NewDisposeScope();
            long size = Math.Min(_partSize, count - start);
            var loss = Loss(rows.narrow(0, start, size)) * ((double)size / count);
            loss.backward();
            _windowLoss.add_(loss.detach());
        }
    }

    private Tensor Loss(Tensor rows) =>
        _objective.Loss(_network.Forward(_examples.Images(rows)), rows, _examples.Labels.index_select(0, rows));

    private void Save(TrainingControl control, CheckpointWriter writer)
    {
        if (_state.Step == 0) return;
        RequireFinite();
        // One at a time: what is under way is waited for, so that no more than one copy of the state is held.
        writer.Settle();
        writer.Begin(Checkpoint.Take(control.Identity, _state, _network.Parameters.Values, _optimizer, _windowLoss));
    }
}
