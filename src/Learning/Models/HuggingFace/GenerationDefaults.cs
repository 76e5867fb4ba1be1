using Ptune.Learning.Models.Language;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>
/// How a model wants to be asked: its <c>generation_config.json</c>, or where there is none the words of <c>config.json</c>. What a user says outranks it.
/// </summary>
internal sealed record GenerationDefaults
{
    public const string FileName = "generation_config.json";

    // What transformers draws from where the file does not say it.
    private const int _topK = 50;

    private static readonly string[] _greedyOnly = ["num_beams", "num_beam_groups"];

    // Words that change which token is taken, and are not followed.
    private static readonly string[] _notFollowed =
    [
        "suppress_tokens", "begin_suppress_tokens", "bad_words_ids", "force_words_ids", "forced_bos_token_id", "forced_eos_token_id", "sequence_bias",
        "encoder_repetition_penalty", "penalty_alpha", "guidance_scale", "watermarking_config", "stop_strings", "exponential_decay_length_penalty",
    ];

    // The same, where the value is another than the one that does nothing.
    private static readonly (string Word, double Idle)[] _notFollowedUnless =
    [
        ("no_repeat_ngram_size", 0), ("encoder_no_repeat_ngram_size", 0), ("min_length", 0), ("min_new_tokens", 0), ("typical_p", 1), ("epsilon_cutoff", 0), ("eta_cutoff", 0), ("min_p", 0),
        ("top_h", 0),
    ];

    /// <summary>Each of them ends a text.</summary>
    public IReadOnlyList<long> Ends { get; init; } = [];

    public long? Beginning { get; init; }

    public long? Padding { get; init; }

    /// <summary>Whether tokens are drawn, not the best taken.</summary>
    public bool Sample { get; init; }

    public double Temperature { get; init; } = 1;

    public int? TopK { get; init; }

    public double? TopP { get; init; }

    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>Prompt and answer together.</summary>
    public long? MaxLength { get; init; }

    public long? MaxNewTokens { get; init; }

    /// <exception cref="ModelRefusedException">A word is not what it must be.</exception>
    public static GenerationDefaults Read(FolderFiles files, List<string> notes)
    {
        if (files.Find(FileName) is not { } path)
        {
            var config = ModelConfig.Open(files, notes);
            return Tokens(config);
        }

        var words = JsonWords.Read(path, notes);
        NoteWhatIsNotFollowed(words);
        bool sample = words.Flag("do_sample", false);
        return Tokens(words) with
        {
            Sample = sample,
            Temperature = words.Positive("temperature", 1),
            TopK = (int?)words.OptionalWhole("top_k", least: 0) ?? (sample ? _topK : null),
            TopP = words.OptionalNumber("top_p"),
            RepetitionPenalty = words.Positive("repetition_penalty", 1),
            MaxLength = words.OptionalWhole("max_length"),
            MaxNewTokens = words.OptionalWhole("max_new_tokens"),
        };
    }

    /// <summary>The options of a user who left some open (null); a temperature of 0 is greedy, whatever the model wants.</summary>
    public SamplingOptions Sampling(double? temperature, int? topK, double? topP, double? repetitionPenalty, long seed) => new()
    {
        Temperature = temperature ?? (Sample ? Temperature : 0),
        TopK = topK ?? TopK,
        TopP = topP ?? TopP,
        RepetitionPenalty = repetitionPenalty ?? RepetitionPenalty,
        Seed = seed,
    };

    private static GenerationDefaults Tokens(JsonWords words) => new()
    {
        Ends = words.WholeOrList("eos_token_id"),
        Beginning = words.OptionalWhole("bos_token_id", least: 0),
        Padding = words.WholeOrList("pad_token_id") is [>= 0 and var padding] ? padding : null,
    };

    private static void NoteWhatIsNotFollowed(JsonWords words)
    {
        var named = _notFollowed.Where(words.Has)
            .Concat(_notFollowedUnless.Where(pair => words.OptionalNumber(pair.Word) is { } value && value != pair.Idle).Select(pair => pair.Word))
            .Concat(_greedyOnly.Where(word => words.OptionalNumber(word) is > 1)).ToList();
        if (named.Count > 0) words.Notes.Add($"{FileName} asks for {string.Join(", ", named)}, which is not followed here: texts may differ from the model's own.");
    }
}
