namespace Ptune.Contracts.Specs.Reading;

/// <summary>
/// Fills in what a job on texts leaves out, so that its id and its plan hold every setting. Members that images do not have stay empty for them:
/// the ids of image jobs are those of the versions before.
/// </summary>
public static class TextDefaults
{
    private const int MaxTokens = 512;

    /// <summary>The job with its defaults; the same for a job on images.</summary>
    public static JobSpec Fill(JobSpec job) => job switch
    {
        PretrainingSpec { Data.Dataset: TextDatasetSpec } p => p with { Data = Fill(p.Data, trains: true, p.Architecture), Recipe = Fill(p.Recipe) },
        FineTuningSpec { Data.Dataset: TextDatasetSpec } f => f with
        {
            // A soft prompt stands before each text, so texts cannot share a row.
            Data = Fill(f.Method is SoftPromptMethod && f.Data.Packing is null ? f.Data with { Packing = false } : f.Data, trains: true),
            Recipe = Fill(f.Recipe),
            Method = Fill(f.Method),
            Mix = f.Mix is null ? null : f.Mix with { Data = Fill(f.Mix.Data, trains: true) },
            Beta = f.Beta ?? (f.Data.Dataset is TextDatasetSpec { Shape: TextFormat.Preference } ? 0.1 : null),
        },
        FineTuningSpec { Method: LoraMethod } f => f with { Method = Fill(f.Method) },
        RewardTuningSpec { Data.Dataset: TextDatasetSpec } r => r with { Data = Fill(r.Data, trains: true, r.Architecture), Recipe = Fill(r.Recipe), Method = Fill(r.Method) },
        ScoringSpec { Data.Dataset: TextDatasetSpec } s => s with { Data = Fill(s.Data, trains: false) },
        EvaluationSpec { Data.Dataset: TextDatasetSpec text } e => e with { Data = Fill(e.Data, trains: false), Task = e.Task ?? Suggested(text.Shape), Dtype = e.Dtype ?? ComputeType.Float32, TunedOn = e.TunedOn is { Dataset: TextDatasetSpec } tuned ? Fill(tuned, trains: true) : e.TunedOn, FewShot = Fill(e.FewShot) },
        PreparationSpec { Data.Dataset: TextDatasetSpec } p => p with { Data = Fill(p.Data, trains: true) },
        TimingSpec t => t with { Dtype = t.Dtype ?? ComputeType.Float32 },
        GenerationSpec g => g with { Dtype = g.Dtype ?? ComputeType.Float32, FewShot = Fill(g.FewShot) },
        _ => job,
    };

    private static TuningMethod Fill(TuningMethod? method) => method switch
    {
        null => new FullMethod(),
        LoraMethod { Alpha: null } lora => lora with { Alpha = 2 * lora.Rank },
        _ => method,
    };

    // Whole texts are shown, so nothing of them is packed or left out.
    private static FewShot? Fill(FewShot? shown) => shown?.Data.Dataset is TextDatasetSpec ? shown with { Data = Fill(shown.Data, trains: false) } : shown;

    /// <summary>The spec with its defaults.</summary>
    public static Spec Fill(Spec spec) => spec switch
    {
        LanguageStudySpec study => Fill(study),
        SweepSpec sweep => sweep with { Job = FillSearched(sweep), Evaluate = sweep.Evaluate is { Dataset: TextDatasetSpec } data ? Fill(data, trains: false) : sweep.Evaluate },
        JobSpec job => Fill(job),
        _ => spec,
    };

    /// <summary>A default that follows a varied value is left to each trial.</summary>
    private static JobSpec FillSearched(SweepSpec sweep)
    {
        var filled = Fill(sweep.Job);
        if (!sweep.Vary.ContainsKey("method.rank")) return filled;
        return (sweep.Job, filled) switch
        {
            (FineTuningSpec { Method: LoraMethod { Alpha: null } given }, FineTuningSpec tuning) => tuning with { Method = given },
            (RewardTuningSpec { Method: LoraMethod { Alpha: null } given }, RewardTuningSpec reward) => reward with { Method = given },
            _ => filled,
        };
    }

    private static LanguageStudySpec Fill(LanguageStudySpec study) => study with
    {
        Splits = Fill(study.Splits),
        Models = study.Models.ToDictionary(m => m.Key, m => m.Value.Pretraining is { } how ? m.Value with { Pretraining = how with { Recipe = Fill(how.Recipe) } } : m.Value),
        Tuning = study.Tuning with { Recipe = Fill(study.Tuning.Recipe) },
    };

    private static SplitsSpec Fill(SplitsSpec splits) => splits.Shares is null ? splits with { Shares = [0.8, 0.1, 0.1] } : splits;

    /// <param name="data">Texts.</param>
    /// <param name="trains">Whether a model is trained on them: only then short ones share a row.</param>
    /// <param name="fresh">Of the fresh model that reads them; null: none, or one that only its artifact tells.</param>
    public static DataSpec Fill(DataSpec data, bool trains, ArchitectureSpec? fresh = null)
    {
        var format = ((TextDatasetSpec)data.Dataset).Shape;
        return data with
        {
            Splits = Fill(data.Splits),
            MaxTokens = data.MaxTokens ?? Math.Min(MaxTokens, fresh is DecoderSpec decoder ? decoder.Context : MaxTokens),
            TooLong = data.TooLong ?? TooLong.Cut,
            Packing = data.Packing ?? (trains && format is (TextFormat.Text or TextFormat.PromptResponse or TextFormat.Messages)),
            Loss = data.Loss ?? (format is TextFormat.PromptResponse or TextFormat.Messages ? LossScope.Response : null),
        };
    }

    public static TrainingRecipe Fill(TrainingRecipe recipe) => recipe with
    {
        Steps = recipe.Steps ?? 300,
        BatchTokens = recipe.BatchTokens ?? 4096,
        MicroBatch = recipe.MicroBatch ?? 8,
        Dtype = recipe.Dtype ?? ComputeType.Float32,
        Clip = recipe.Clip ?? 1,
    };

    private static TaskSpec Suggested(TextFormat format) => format switch
    {
        TextFormat.MultipleChoice => new MultipleChoiceTask(),
        TextFormat.TextLabel => new AccuracyTask(),
        _ => new BitsPerByteTask(),
    };
}
