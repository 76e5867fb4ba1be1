using System.Globalization;

namespace Ptune.Learning.Tuning;

/// <summary>The loss, a gradient or a parameter is not finite any more: what was trained is worth nothing, and more steps do not mend it.</summary>
/// <param name="step">The step, from 1.</param>
/// <param name="what">"loss", "gradient norm" and the like.</param>
/// <param name="value">What it is.</param>
internal sealed class DivergedException(long step, string what, double value) : LearningException(string.Create(
    CultureInfo.InvariantCulture,
    $"The training diverged at step {step}: the {what} is {value}. Lower recipe.learningRate, raise recipe.warmup or, for a language model, set recipe.clip."))
{
    public long Step { get; } = step;
}
