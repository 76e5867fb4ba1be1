using System.Globalization;

namespace Ptune.Learning.Tuning;

/// <summary>The loss, a gradient or a parameter is not finite any more: what was trained is worth nothing, and more steps do not mend it.</summary>
/// <param name="step">The step, from 1.</param>
/// <param name="what">"loss", "gradient norm" and the like.</param>
/// <param name="value">What it is.</param>
/// <param name="good">The step of the last checkpoint, which is from before that; null where there is none.</param>
internal sealed class DivergedException(long step, string what, double value, long? good = null) : LearningException(string.Create(
    CultureInfo.InvariantCulture,
    $"The training diverged at step {step}: the {what} is {value}.{(good is null ? "" : $" The last good checkpoint is of step {good}.")} Lower recipe.learningRate, raise recipe.warmup or, for a language model, lower recipe.clip."))
{
    public long Step { get; } = step;

    /// <summary>The same, where the last checkpoint is of that step.</summary>
    public DivergedException After(long? checkpoint) => new(Step, what, value, checkpoint);
}
