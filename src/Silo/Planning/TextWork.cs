using Ptune.Contracts.Estimates;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Planning;

/// <summary>The work of jobs on language models: tokens or records by the parameters that they pass through.</summary>
internal static class TextWork
{
    // New tokens of an answer where neither spec nor model says.
    private const int AnswerTokens = 256;

    /// <inheritdoc cref="JobWork.Of"/>
    public static JobWork? Of(JobSpec spec, KnownModel? model)
    {
        var (size, parameters) = Size(spec, model);
        var (sort, units) = spec switch
        {
            PretrainingSpec job => ($"Pretraining {job.Architecture.GetType().Name} {job.Recipe.Dtype}", Tokens(job.Recipe)),
            FineTuningSpec job => ($"FineTuning {(job.Method ?? new FullMethod()).GetType().Name} {Format(job.Data)} {job.Recipe.Dtype} {job.Recipe.Recompute}", Tokens(job.Recipe)),
            RewardTuningSpec job => ($"RewardTuning {(job.Method ?? new FullMethod()).GetType().Name} {Format(job.Data)} {job.Recipe.Dtype} {job.Recipe.Recompute}{Own(job)}", Tokens(job.Recipe)),
            EvaluationSpec job => Join($"Evaluation {job.Task?.GetType().Name} {job.Dtype} {job.Patch is not null}{Carried(job.Rewards, job.Emulated)}{Shown(job.FewShot)}", Records(job.Data)),
            ScoringSpec job => Join($"Scoring {job.Patch is not null}{Carried(job.Rewards, job.Emulated)}", Records(job.Data)),
            GenerationSpec job => ($"Generation {job.Dtype} {job.Patch is not null}{Carried(job.Rewards, job.Emulated)}", JobEstimate.Prompts(job) * (double)(job.MaxTokens ?? AnswerTokens)),
            TimingSpec job => ($"Timing {job.Dtype} {job.Patch is not null}{Carried(job.Rewards, job.Emulated)} {job.Against is not null}", 1),
            _ => throw new ArgumentException($"{spec.GetType().Name} is no job on a language model.", nameof(spec)),
        };
        return units > 0 ? new JobWork($"{sort}, {size}", units * parameters) : null;
    }

    /// <summary>The records that a job reads. Where the spec does not say how many, only jobs on the same split are comparable.</summary>
    public static (string Sort, double Units) Records(DataSpec data)
    {
        var files = string.Join(' ', data.Dataset.Declared().Select(file => file.File.Sha256));
        var sort = $"{Digest.Of(files)} {data.MaxTokens}";
        return data.Count is { } count ? (sort, count) : ($"{sort} {data.Split} {string.Join(' ', data.Splits.Shares ?? [])}", 1);
    }

    /// <summary>Sizes within a factor of four are of one class: their times are near proportional. A model of unknown size is a class by itself.</summary>
    private static (string Class, double Parameters) Size(JobSpec spec, KnownModel? model) =>
        // The source is read once, the reward at each step.
        spec is RewardTuningSpec { Architecture: not null } reward && model is not null && JobModels.Reward(reward, model.Shape) is { Parameters: > 0 and var trained } ? ($"{Class(trained)} beside {Class(model.Shape.Parameters)}", trained)
        : model is { Shape.Parameters: > 0 and var parameters }
        ? (Class(parameters), parameters)
        : spec is PretrainingSpec { Continues: null, Architecture: DecoderSpec fresh } && FreshShapes.Of(fresh, vocabulary: 0).Parameters is var blocks ? ($"blocks {Class(blocks)}", blocks)
        : (JobModels.Read(spec) ?? "", 1);

    /// <summary>Sizes of which times are near proportional.</summary>
    public static string Class(long parameters) => $"4^{Math.Round(Math.Log(parameters, 4))}";

    private static (string Sort, double Units) Join(string sort, (string Sort, double Units) records) => ($"{sort} {records.Sort}", records.Units);

    private static double Tokens(TrainingRecipe recipe) => (double)(recipe.Steps ?? 0) * (recipe.BatchTokens ?? 0);

    // Every network that is carried reads the same tokens: with another number of them, the time is another.
    private static string Carried(RewardUse[]? rewards, EmulatedUse? emulated) =>
        (rewards?.Length ?? 0) + (emulated is null ? 0 : 2) is > 0 and var networks ? $" and {networks}" : "";

    // Each text is read behind them.
    private static string Shown(FewShot? shown) => shown is null ? "" : $" behind {shown.Count}";

    // Another family than the source's takes another time.
    private static string Own(RewardTuningSpec job) => job.Architecture is null ? "" : $" {job.Architecture.GetType().Name}";

    private static string Format(DataSpec data) => data.Dataset is TextDatasetSpec texts ? $"{texts.Format}" : "";
}
