using Ptune.Contracts.Estimates;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Planning;

/// <summary>How much work a job is, comparable among jobs of one sort.</summary>
/// <param name="Sort">Jobs of one sort take times in proportion to their units, roughly.</param>
/// <param name="Units">Of images the examples that the training loop sees (by parameters, of pretrained models), of texts tokens or records by parameters, of imports bytes or parameters; 1 where a job of the sort is always the same work.</param>
internal readonly record struct JobWork(string Sort, double Units)
{
    /// <param name="spec">With its defaults.</param>
    /// <param name="model">That it works on; null: not known.</param>
    /// <returns>Null where no other job tells how long it takes.</returns>
    public static JobWork? Of(JobSpec spec, KnownModel? model) => spec switch
    {
        PretrainingSpec { Architecture: DecoderSpec } or FineTuningSpec { Data.Dataset: TextDatasetSpec } or RewardTuningSpec { Data.Dataset: TextDatasetSpec } or EvaluationSpec { Data.Dataset: TextDatasetSpec } or ScoringSpec { Data.Dataset: TextDatasetSpec } or GenerationSpec or TimingSpec
            => TextWork.Of(spec, model),
        PreparationSpec job => new($"Preparation {TextWork.Records(job.Data).Sort}", TextWork.Records(job.Data).Units),
        PretrainingSpec job => new($"Pretraining {job.Architecture.GetType().Name}", Examples(job.Data, job.Recipe)),
        FineTuningSpec job => Sized($"FineTuning{(model?.Shape is not TransformerShape ? "" : $" {(job.Method ?? new FullMethod()).GetType().Name}")}", Examples(job.Data, job.Recipe), model),
        RewardTuningSpec job => Sized($"RewardTuning {job.Initialization}", Examples(job.Data, job.Recipe), model),
        ScoringSpec job => Sized($"Scoring {job.Data.Split} {Rows(job.Data)}", 1, model),
        ImportSpec { From: HubSource, Parameters: { } numbers } job => new($"Import {job.From.GetType().Name}", numbers),
        // It reads all of its files. A model of another size takes another time; how large one of the hub is only its spec can say.
        ImportSpec job => JobEstimate.Bytes(job.Files()) is > 0 and var bytes ? new($"Import {job.From.GetType().Name}", bytes) : null,
        _ => new(spec.GetType().Name, 1),
    };

    /// <summary>A pretrained image model of another size takes another time; our own classifiers are so small that their size does not matter.</summary>
    private static JobWork Sized(string sort, double units, KnownModel? model) =>
        model is { Shape: TransformerShape { Parameters: > 0 and var parameters } } ? new($"{sort}, {TextWork.Class(parameters)}", units * parameters) : new(sort, units);

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
