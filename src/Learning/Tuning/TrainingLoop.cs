using Ptune.Contracts.Jobs;
using Ptune.Learning.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning;

/// <summary>
/// Steps one after another, with a curve of their losses, progress and checkpoints. A run that is stopped or killed anywhere and goes on from
/// its last checkpoint ends in the same bytes as one that was not.
/// </summary>
internal abstract class TrainingLoop : IDisposable
{
    private const int _points = 100;

    private readonly TrainableParameters _parameters;
    private readonly long _window;
    private readonly int _checkpointEverySteps;
    private readonly long _seed;
    private readonly EarlyStopping? _stopping;

    private TrainingState _state = new();
    private long? _resumedStep;

    /// <param name="parameters">What is trained.</param>
    /// <param name="optimizer">Moves them; it goes with this object.</param>
    /// <param name="totalSteps">Of the whole run.</param>
    /// <param name="checkpointEverySteps">Steps between checkpoints.</param>
    /// <param name="seed">Of what libtorch draws.</param>
    /// <param name="stopping">Ends the run where it no longer gains; null: it takes all its steps. It stays its owner's.</param>
    protected TrainingLoop(TrainableParameters parameters, AdamW optimizer, long totalSteps, int checkpointEverySteps, long seed, EarlyStopping? stopping = null)
    {
        (_parameters, Optimizer, TotalSteps) = (parameters, optimizer, totalSteps);
        (_checkpointEverySteps, _seed, _stopping) = (checkpointEverySteps, seed, stopping);
        WindowLoss = zeros(1, ScalarType.Float64, parameters.Device).DetachFromDisposeScope();
        _window = (totalSteps + _points - 1) / _points;
        random.manual_seed(seed);
    }

    public long TotalSteps { get; }

    /// <summary>Steps done.</summary>
    public long Step => _state.Step;

    public IReadOnlyList<LossPoint> Curve => _state.Curve;

    /// <summary>The other environment that the run was begun in; null where there is none.</summary>
    public string? ResumedFrom => _state.ResumedFrom;

    /// <summary>What may end the run early; null: nothing.</summary>
    public EarlyStopping? Stopping => _stopping;

    /// <summary>Examples that the steps of this process took a second.</summary>
    public double ExamplesPerSecond { get; private set; }

    /// <summary>The checkpoint that was written last; null where none was.</summary>
    public string? LastCheckpoint { get; private set; }

    protected AdamW Optimizer { get; }

    /// <summary>[1] f64: the sum of the losses since the curve's last point. It stays on the device, so that a step need not wait for it.</summary>
    protected Tensor WindowLoss { get; }

    /// <summary>Goes on from a checkpoint.</summary>
    /// <exception cref="LearningException">It is damaged, or of another run.</exception>
    public void Resume(string checkpoint, CheckpointIdentity identity)
    {
        _state = Checkpoint.Read(checkpoint, identity, TotalSteps, _parameters.Values, Optimizer, WindowLoss, _stopping);
        _resumedStep = _state.Step;
        ParametersMoved();
    }

    /// <summary>Trains to the end, or writes a checkpoint and returns when it is asked to stop.</summary>
    /// <returns>True when the run is done.</returns>
    /// <exception cref="DivergedException">A loss or a parameter is not finite. The last checkpoint is from before that.</exception>
    public bool Run(TrainingControl control)
    {
        using var writer = new CheckpointWriter(control.Folder, control.OnCheckpoint);
        try
        {
            return Run(control, writer);
        }
        catch (DivergedException diverged)
        {
            writer.Dispose();
            throw diverged.After(writer.LastStep ?? _resumedStep);
        }
    }

    /// <summary>One step; returns how many examples it took.</summary>
    public long TakeStep()
    {
        using var scope = NewDisposeScope();
        DeviceGenerator.Begin(_parameters.Device, _seed, _state.Step);
        long taken = Take(_state.Step);
        ParametersMoved();
        _state.Step++;
        _state.WindowSteps++;
        return taken;
    }

    public virtual void Dispose()
    {
        Optimizer.Dispose();
        WindowLoss.Dispose();
    }

    /// <summary>Moves the parameters by the step of that number, from 0, and adds its loss to <see cref="WindowLoss"/>.</summary>
    /// <returns>How many examples it took.</returns>
    protected abstract long Take(long step);

    /// <summary>The loss of the parameters as they are on rows that the step of that number takes; as many as fit into memory at once are enough.</summary>
    protected abstract double LossOn(long step);

    /// <summary>Called when the parameters have other numbers than before; what was made of them is to be made anew.</summary>
    protected virtual void ParametersMoved()
    {
    }

    private bool Run(TrainingControl control, CheckpointWriter writer)
    {
        var reporter = new ProgressReporter(control, TotalSteps);
        long started = control.Time.GetTimestamp(), examples = 0;
        while (_state.Step < TotalSteps && _stopping?.IsOver != true)
        {
            if (control.Stop.IsCancellationRequested)
            {
                Save(control, writer);
                LastCheckpoint = writer.Finish();
                return false;
            }

            long taken = TakeStep();
            examples += taken;
            _stopping?.Stepped(_state.Step, isLast: _state.Step == TotalSteps);
            bool isLast = _state.Step == TotalSteps || _stopping?.IsOver == true;
            reporter.Stepped(_state.Step, taken, _state.Step % _window == 0 || isLast ? ClosePoint() : null);
            if (_state.Step % _checkpointEverySteps == 0 && !isLast) Save(control, writer);
        }

        LastCheckpoint = writer.Finish();
        _stopping?.TakeBest();
        ParametersMoved();
        RequireUsable();
        double total = control.Time.GetElapsedTime(started).TotalSeconds;
        ExamplesPerSecond = total > 0 ? examples / total : 0;
        return true;
    }

    private double ClosePoint()
    {
        using var scope = NewDisposeScope();
        double loss = WindowLoss.item<double>() / _state.WindowSteps;
        if (!double.IsFinite(loss)) throw new DivergedException(_state.Step, "loss", loss);
        RequireFinite();
        _state.Curve.Add(new LossPoint(_state.Step, loss));
        _state.WindowSteps = 0;
        WindowLoss.zero_();
        return loss;
    }

    private void Save(TrainingControl control, CheckpointWriter writer)
    {
        if (_state.Step == 0) return;
        RequireFinite();
        // One at a time: what is under way is waited for, so that no more than one copy of the state is held.
        writer.Settle();
        writer.Begin(Checkpoint.Take(control.Identity, _state, _parameters.Values, Optimizer, WindowLoss, _stopping));
    }

    /// <summary>A loss is that of the weights before its step: what the last step has made of them is looked at by itself.</summary>
    private void RequireUsable()
    {
        RequireFinite();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        double loss = LossOn(_state.Step - 1);
        if (!double.IsFinite(loss)) throw new DivergedException(_state.Step, "loss after it", loss);
    }

    private void RequireFinite()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        // NaN and infinity show in the smallest and the largest number, for which no memory is taken; a mask of all parameters takes half as much as the parameters and more.
        float least = _parameters.Values.min().item<float>(), most = _parameters.Values.max().item<float>();
        if (!float.IsFinite(least) || !float.IsFinite(most)) throw new DivergedException(_state.Step, "largest parameter", float.IsFinite(most) ? -least : most);
    }
}
