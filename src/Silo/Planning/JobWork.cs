using Ptune.Contracts.Specs;

namespace Ptune.Silo.Planning;

/// <summary>How much work a job is, comparable among jobs of one sort.</summary>
/// <param name="Sort">Jobs of one sort take times in proportion to their units, roughly.</param>
/// <param name="Units">Examples, or tokens, that the training loop sees; of a language model that is pretrained times its size; 1 where a job of the sort is always the same work.</param>
internal readonly record struct JobWork(string Sort, double Units)
{
    public static JobWork Of(JobSpec spec) => spec switch
    {
        PretrainingSpec { Architecture: DecoderSpec decoder } job => new($"Pretraining of texts {decoder.GetType().Name}", Tokens(job.Recipe) * decoder.Layers * decoder.Width * decoder.Width),
        FineTuningSpec { Data.Dataset: TextDatasetSpec } job => new($"FineTuning of texts {job.Method?.GetType().Name}", Tokens(job.Recipe)),
        RewardTuningSpec { Data.Dataset: TextDatasetSpec } job => new($"RewardTuning of texts {job.Method?.GetType().Name}", Tokens(job.Recipe)),
        // Every network that is carried reads the same texts.
        EvaluationSpec { Data.Dataset: TextDatasetSpec } job => new($"Evaluation of texts {job.Task?.GetType().Name} {job.Data.Count}", 1 + (job.Rewards?.Length ?? 0) + (job.Emulated is null ? 0 : 2)),
        ScoringSpec { Data.Dataset: TextDatasetSpec } job => new($"Scoring of texts {job.Data.Count}", 1),
        GenerationSpec job => new("Generation", (job.Prompts?.Length ?? job.Conversations?.Length ?? job.PromptIds?.Length ?? 1) * (double)(job.MaxTokens ?? 1)),
        PretrainingSpec job => new($"Pretraining {job.Architecture.GetType().Name}", Examples(job.Data, job.Recipe)),
        FineTuningSpec job => new("FineTuning", Examples(job.Data, job.Recipe)),
        RewardTuningSpec job => new($"RewardTuning {job.Initialization}", Examples(job.Data, job.Recipe)),
        ScoringSpec job => new($"Scoring {job.Data.Split} {Rows(job.Data)}", 1),
        _ => new(spec.GetType().Name, 1),
    };

    /// <summary>Tokens that the training loop of texts sees at most.</summary>
    private static double Tokens(TrainingRecipe recipe) => (recipe.Steps ?? 1) * (double)(recipe.BatchTokens ?? 1);

    private static double Examples(DataSpec data, TrainingRecipe recipe) => (double)(Rows(data) ?? 1) * recipe.Epochs;

    /// <summary>Null for the whole test file, whose length only its data know.</summary>
    private static int? Rows(DataSpec data) => data.Count ?? data.Split switch
    {
        Split.Pretraining => data.Splits.Pretraining,
        Split.Tuning => data.Splits.Tuning,
        Split.Validation => data.Splits.Validation,
        _ => null,
    };
}
