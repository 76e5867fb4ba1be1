using Ptune.Contracts.Specs;

namespace Ptune.Learning.Tuning;

/// <summary>
/// The learning rate of each step: it rises linearly over the warm-up, then stays (constant) or falls to zero, straight (linear) or along half
/// a cosine (SGDR, arXiv 1608.03983, without restarts).
/// </summary>
internal sealed class LearningRates(TrainingRecipe recipe, long totalSteps)
{
    private readonly long _warmup = (long)Math.Round(recipe.Warmup * totalSteps);

    /// <param name="step">From 0 to totalSteps - 1.</param>
    public double At(long step)
    {
        if (step < _warmup) return recipe.LearningRate * (step + 1) / _warmup;
        if (recipe.Schedule == LearningRateSchedule.Constant) return recipe.LearningRate;
        double share = (double)(step - _warmup) / (totalSteps - _warmup);
        if (recipe.Schedule == LearningRateSchedule.Linear) return recipe.LearningRate * (1 - share);
        return recipe.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * share));
    }
}
