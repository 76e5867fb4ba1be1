using System.Text;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Estimates;

/// <summary>The memory and the disk space that a job needs, before anything is loaded. What a data set of images takes itself is not among it: its size is known when it is there. Null: not known.</summary>
public static class JobEstimate
{
    /// <summary>Checkpoints of a running job that are kept: the workers' default.</summary>
    public const int CheckpointsKept = 2;

    /// <summary>Bytes of hidden states that a worker keeps of frozen language models (<see cref="StateBytes"/>); what was not used for the longest time goes.</summary>
    public const long StateBudget = 16L << 30;

    // Parameters and both moments of AdamW, in float32.
    private const int CheckpointBytes = 12;

    private const string Weights = ".safetensors";

    // What scoring takes at once, and prompts that are continued at once.
    private const long ScoredTokens = 4096;
    private const int GeneratedRows = 8;

    public static int BytesOf(ComputeType? type) => type == ComputeType.Bfloat16 ? 2 : 4;

    /// <summary>The peak, in bytes.</summary>
    /// <param name="job">With its defaults.</param>
    /// <param name="model">That it works on (<see cref="JobModels.Used"/>); null: not known.</param>
    /// <param name="beside">Models that are computed beside it (<see cref="JobModels.Beside"/>): their weights are held, too, while their activations come one after the other.</param>
    public static long? Memory(JobSpec job, KnownModel? model, IReadOnlyList<KnownModel?> beside) => beside.Aggregate(
        // A patch is compared with its base, which is computed for that.
        job is ImportSpec { Base: not null } ? model is null ? null : MemoryEstimate.Probe(model.Shape.Parameters * model.StoredBytes, model.Shape.Parameters) : Memory(job, model?.Shape),
        (sum, other) => sum + (other is null ? null : MemoryEstimate.Weights(other.Shape, BytesOf(TypeOf(job)))));

    private static long? Memory(JobSpec job, ModelShape? model) => model is ClassifierShape classifier ? ClassifierMemory.Of(job, classifier) : Memory(job, model as TransformerShape);

    private static long? Memory(JobSpec job, TransformerShape? model) => (job, model) switch
    {
        // Of figures, without a model.
        (ComparisonSpec, _) => MemoryEstimate.Process,
        (EvaluationSpec evaluation, _) when IsOfScores(evaluation) => MemoryEstimate.Process,
        (ImportSpec { From: HubSource, Base: null } import, _) => import.Parameters is { } numbers ? MemoryEstimate.Import(numbers * BytesOf(ComputeType.Bfloat16), numbers) : null,
        (ImportSpec { Base: null } import, _) => Importing(import),
        (_, null) => null,
        (PretrainingSpec pretraining, var shape) => Training(shape, pretraining.Data, pretraining.Recipe, new FullMethod()),
        (FineTuningSpec tuning, var shape) => Training(shape, tuning.Data, tuning.Recipe, tuning.Method ?? new FullMethod()),
        (RewardTuningSpec reward, var shape) => Reward(reward, shape),
        (EvaluationSpec { Data.Dataset: ImageDatasetSpec } or ScoringSpec { Data.Dataset: ImageDatasetSpec }, var shape) => ScoringImages(shape),
        (EvaluationSpec { Task: ExactMatchTask task } evaluation, var shape) => Generating(shape, evaluation.Dtype, GeneratedRows, evaluation.Data.MaxTokens, task.MaxTokens),
        (EvaluationSpec evaluation, var shape) => Scoring(shape, evaluation.Dtype, evaluation.Data.MaxTokens),
        (ScoringSpec scoring, var shape) => Scoring(shape, ComputeType.Float32, scoring.Data.MaxTokens),
        (TimingSpec timing, var shape) => MemoryEstimate.Inference(shape, BytesOf(timing.Dtype), TimingSpec.Rows * TimingSpec.RowTokens),
        (GenerationSpec generation, var shape) => Generating(shape, generation.Dtype, Prompts(generation), LongestPrompt(generation), generation.MaxTokens),
        _ => null,
    };

    /// <summary>The artifact, the checkpoints that are kept of a running job, converted weights, hidden states (<see cref="StateBytes"/>) and encoded texts (<see cref="EncodedBytes"/>), in bytes. Data that are downloaded are not among it: their size is known when they are there.</summary>
    /// <inheritdoc cref="Memory"/>
    /// <param name="artifact">The artifact's bytes, of a job whose artifact is no weights; null: not known.</param>
    public static long? Disk(JobSpec job, KnownModel? model, long? artifact) => Made(job, model, artifact) + EncodedBytes.Of(job);

    private static long? Made(JobSpec job, KnownModel? model, long? artifact) => (job, model) switch
    {
        // Fetched files become the artifact's; nobody knows their type before.
        (ImportSpec { From: HubSource } import, _) => import.Parameters * BytesOf(ComputeType.Float32),
        (ImportSpec { From: not ArtifactSource } import, _) => Imported(import),
        (EvaluationSpec evaluation, _) when IsOfScores(evaluation) => artifact,
        (PreparationSpec, _) => artifact,
        (_, null) => null,
        (PretrainingSpec pretraining, var known) => Trained(known.Shape.Parameters, known.Shape.Parameters * BytesOf(pretraining.Recipe.Dtype), pretraining.Recipe),
        (FineTuningSpec tuning, var known) => Tuned(tuning, known),
        (MergingSpec, var known) => known.Shape.Parameters * known.StoredBytes,
        (RewardTuningSpec reward, var known) => Tuned(reward, known) + StateBytes(reward, known.Shape),
        (ScoringSpec, var known) => artifact + Converted(known, ComputeType.Float32),
        (EvaluationSpec evaluation, var known) => artifact + Converted(known, evaluation.Dtype),
        (TimingSpec timing, var known) => artifact + Converted(known, timing.Dtype),
        (GenerationSpec generation, var known) => artifact + Converted(known, generation.Dtype),
        _ => null,
    };

    /// <summary>
    /// At most so many bytes of the source's hidden states are kept on the worker while a reward is trained, so that each token passes through the source once: d numbers a token. Of data with
    /// more tokens than the training takes nothing is kept; neither is it of rewards over answers and of image rewards, for which some numbers an example are enough.
    /// </summary>
    /// <param name="reward">With its defaults.</param>
    /// <param name="source">The source's shape.</param>
    public static long StateBytes(RewardTuningSpec reward, ModelShape source)
    {
        if (source is not TransformerShape { Width: var width } || reward.Data.Dataset is not TextDatasetSpec { Shape: not (TextFormat.TextLabel or TextFormat.MultipleChoice) }) return 0;
        var taken = (reward.Recipe.Steps ?? 0) * (reward.Recipe.BatchTokens ?? 0L);
        var length = reward.Data.MaxTokens ?? 0L;
        var tokens = reward.Data.Count is { } count && length > 0 ? Math.Min(taken, count * length) : taken;
        tokens += (reward.Recipe.EarlyStopping?.Count ?? 0) * length;
        return Math.Min(StateBudget, checked(tokens * width * BytesOf(reward.Recipe.Dtype)));
    }

    /// <summary>Prompts of a generation.</summary>
    public static int Prompts(GenerationSpec generation) => (generation.Prompts?.Length ?? 0) + (generation.Conversations?.Length ?? 0) + (generation.PromptIds?.Length ?? 0);

    private static long? Reward(RewardTuningSpec reward, TransformerShape source)
    {
        if (JobModels.Reward(reward, source) is not TransformerShape shape || Training(shape, reward.Data, reward.Recipe, reward.Method ?? new FullMethod()) is not { } training) return null;
        // The source is scored before its weights become the reward's.
        if (reward.Data.Dataset is ImageDatasetSpec) return ScoringImages(source) is { } scoring ? Math.Max(training, scoring) : null;
        // Deltas hang on the source's own weights.
        if (reward.Method is not (null or FullMethod)) return training;
        // A reward of its own is trained beside the source, which may be so much larger that its pass over the tokens takes more.
        var type = BytesOf(reward.Recipe.Dtype);
        var pass = Rows(source, reward.Data, reward.Recipe) is { } tokens ? MemoryEstimate.Inference(source, type, tokens) + MemoryEstimate.Weights(shape, type) : 0;
        return Math.Max(training + MemoryEstimate.Weights(source, type), pass);
    }

    /// <summary>Tokens that a step reads at once, without those that a method adds; null: not known.</summary>
    private static long? Rows(TransformerShape shape, DataSpec data, TrainingRecipe recipe, int added = 0)
    {
        if (data.Dataset is ImageDatasetSpec) return recipe.BatchSize * shape.Image?.Tokens;
        if (data.Dataset is not TextDatasetSpec || data.MaxTokens is not { } length || recipe is not { MicroBatch: { } rows, BatchTokens: { } batch }) return null;
        length += added;
        // Rows are filled by tokens: a step never has more than its batch, unless one row has.
        return Math.Min((long)rows * length, Math.Max(batch, length));
    }

    private static long? Training(TransformerShape shape, DataSpec data, TrainingRecipe recipe, TuningMethod method)
    {
        if (Rows(shape, data, recipe, method is SoftPromptMethod prompt ? prompt.Tokens : 0) is not { } rows) return null;
        var isPreference = data.Dataset is TextDatasetSpec { Shape: TextFormat.Preference };
        var tokens = rows * (isPreference ? 2 : 1);
        var load = new TrainingLoad
        {
            Trainable = TrainedParameters.Of(method, shape),
            FrozenBase = method is not FullMethod,
            ComputeBytes = BytesOf(recipe.Dtype),
            Tokens = tokens,
            Recompute = recipe.Recompute ?? false,
        };
        // The model that preferences are compared with is the frozen base; of weights that change it is a second one.
        var reference = isPreference && method is FullMethod ? MemoryEstimate.Weights(shape, load.ComputeBytes) : 0;
        return MemoryEstimate.Training(shape, load) + reference + (data.Dataset is ImageDatasetSpec ? MemoryEstimate.Images(shape, recipe.BatchSize) : 0);
    }

    private static long? Scoring(TransformerShape shape, ComputeType? type, int? length) =>
        length is { } tokens ? MemoryEstimate.Inference(shape, BytesOf(type), Math.Max(ScoredTokens, tokens)) : null;

    private static long? ScoringImages(TransformerShape shape) => shape.Image is { Tokens: var tokens }
        ? MemoryEstimate.Inference(shape, BytesOf(ComputeType.Float32), ClassifierMemory.ScoredImages * tokens) + MemoryEstimate.Images(shape, ClassifierMemory.ScoredImages)
        : null;

    // Nothing smaller than 16 bits is imported.
    private static long? Importing(ImportSpec import) =>
        Bytes(import.Files().Where(file => file.Path.EndsWith(Weights, StringComparison.Ordinal))) is { } stored ? MemoryEstimate.Import(stored, import.Parameters ?? (stored / BytesOf(ComputeType.Bfloat16))) : null;

    /// <summary>Of a folder that stays where it is the artifact holds only the names and digests.</summary>
    private static long? Imported(ImportSpec import) => import.From is FolderSource && import.Base is null ? 0 : Bytes(import.Files());

    /// <summary>The sizes of files together; null: not known.</summary>
    public static long? Bytes(IEnumerable<ImportFile> files)
    {
        long? sum = null;
        foreach (var file in files)
        {
            if (file.Bytes is not { } bytes) return null;
            sum = checked((sum ?? 0) + bytes);
        }
        return sum;
    }

    private static long? Generating(TransformerShape shape, ComputeType? type, int prompts, long? prompt, int? answer)
    {
        if (prompt is not { } read || answer is not { } written) return null;
        var rows = Math.Min(prompts, GeneratedRows);
        return MemoryEstimate.Inference(shape, BytesOf(type), rows * read, rows * (read + written));
    }

    // No token stands for less than a byte.
    private static long LongestPrompt(GenerationSpec generation) => Math.Max(
        generation.PromptIds?.Max(ids => ids.Length) ?? 0,
        (generation.Prompts ?? []).Concat(generation.Conversations ?? []).Select(Encoding.UTF8.GetByteCount).DefaultIfEmpty(0).Max());

    private static long Tuned(FineTuningSpec tuning, KnownModel model)
    {
        var method = tuning.Method ?? new FullMethod();
        var trained = TrainedParameters.Of(method, model.Shape);
        var artifact = method switch
        {
            FullMethod => trained * BytesOf(tuning.Recipe.Dtype),
            HeadMethod => model.Shape.Parameters * model.StoredBytes,
            _ => trained * BytesOf(ComputeType.Float32),
        };
        return Trained(trained, artifact, tuning.Recipe) + (method is FullMethod ? 0 : Converted(model, tuning.Recipe.Dtype));
    }

    private static long Tuned(RewardTuningSpec reward, KnownModel model)
    {
        var method = reward.Method ?? new FullMethod();
        var trained = TrainedParameters.Of(method, JobModels.Reward(reward, model.Shape) ?? model.Shape);
        return Trained(trained, trained * BytesOf(method is FullMethod ? reward.Recipe.Dtype : ComputeType.Float32), reward.Recipe) + Converted(model, reward.Recipe.Dtype);
    }

    // Early stopping keeps the best parameters, too.
    private static long Trained(long parameters, long artifact, TrainingRecipe recipe) =>
        checked(artifact + (CheckpointsKept * parameters * (CheckpointBytes + (recipe.EarlyStopping is null ? 0 : 4))));

    /// <summary>Whether it combines scores, and runs no model.</summary>
    private static bool IsOfScores(EvaluationSpec evaluation) => evaluation is { Scores: not null, Models: null, Subject: null, Rewards: null, Emulated: null };

    private static ComputeType? TypeOf(JobSpec job) => job switch
    {
        EvaluationSpec evaluation => evaluation.Dtype,
        TimingSpec timing => timing.Dtype,
        GenerationSpec generation => generation.Dtype,
        _ => ComputeType.Float32,
    };

    private static long Converted(KnownModel model, ComputeType? type) => MemoryEstimate.ConvertedWeights(model.Shape, model.StoredBytes, BytesOf(type));
}
