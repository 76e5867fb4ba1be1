using Ptune.Contracts.Specs;
using Ptune.Learning.Models;
using Ptune.Learning.Tuning;

namespace Ptune.Learning.Jobs.Language;

/// <summary>A spec's recipe as the trainer takes it.</summary>
internal static class LanguageRecipes
{
    /// <param name="recipe">With its defaults filled in.</param>
    /// <param name="parts">In how many parts micro-batches are computed after an attempt that ran out of memory.</param>
    public static LanguageRecipe Of(TrainingRecipe recipe, int parts) => new()
    {
        Rates = recipe,
        Steps = recipe.Steps ?? throw new LearningException("recipe.steps is missing."),
        BatchTokens = recipe.BatchTokens ?? throw new LearningException("recipe.batchTokens is missing."),
        MicroBatch = Math.Max(1, (recipe.MicroBatch ?? throw new LearningException("recipe.microBatch is missing.")) / parts),
        Clip = recipe.Clip,
        Type = TunedModel.TypeOf(recipe.Dtype),
        Recompute = recipe.Recompute ?? false,
        Dropout = recipe.Dropout is { } share ? new Dropouts(share, share, share) : Dropouts.None,
        LabelSmoothing = recipe.LabelSmoothing ?? 0,
    };
}
