namespace Ptune.Learning.Tuning;

/// <summary>The loss or a gradient is not finite any more: what was trained is worth nothing, and more steps do not mend it.</summary>
/// <param name="step">The step, from 1.</param>
/// <param name="what">"loss" or "gradient norm".</param>
/// <param name="value">What it is.</param>
internal sealed class DivergedException(long step, string what, double value)
    : LearningException($"Training diverged: the {what} of step {step} is {value}. Lower the learning rate, lengthen the warm-up, or set a clip.")
{
    public long Step { get; } = step;
}
