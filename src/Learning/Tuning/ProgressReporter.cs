using Ptune.Contracts.Jobs;

namespace Ptune.Learning.Tuning;

/// <summary>
/// Says how far a run is: at its first step, at every point of its loss curve, and in between often enough that a run of weeks shows
/// that it lives.
/// </summary>
internal sealed class ProgressReporter(TrainingControl control, long totalSteps)
{
    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(2);

    private long _reported = control.Time.GetTimestamp();
    private long _examples;
    private double? _loss;
    private bool _hasBegun;

    /// <param name="step">Steps done.</param>
    /// <param name="examples">Examples that this step took.</param>
    /// <param name="loss">The mean loss of the curve's new point; null where the step closes none.</param>
    public void Stepped(long step, long examples, double? loss)
    {
        _examples += examples;
        _loss = loss ?? _loss;
        var elapsed = control.Time.GetElapsedTime(_reported);
        if (_hasBegun && loss is null && elapsed < s_longestSilence) return;

        double rate = elapsed > TimeSpan.Zero ? _examples / elapsed.TotalSeconds : 0;
        (_reported, _examples, _hasBegun) = (control.Time.GetTimestamp(), 0, true);
        control.OnProgress?.Invoke(new JobProgress(step, totalSteps, _loss, rate));
    }
}
