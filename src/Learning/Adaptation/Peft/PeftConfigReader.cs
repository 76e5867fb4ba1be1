using System.Text.Json;
using Ptune.Learning.Formats;
using Ptune.Learning.Models.HuggingFace;

namespace Ptune.Learning.Adaptation.Peft;

/// <summary>
/// Reads adapter_config.json. What is not computed here is refused by its word: an adapter that is used as something else answers wrongly
/// without anybody seeing it. Words that are null, false or empty say nothing and are ignored, known or not.
/// </summary>
internal static class PeftConfigReader
{
    public const string Lora = "LORA";
    public const string Prompt = "PROMPT_TUNING";

    private const long _defaultRank = 8;
    private const double _defaultAlpha = 8;

    // Starts that leave the base as it is; the others take a part of it away, or mend a quantized one.
    private static readonly string[] _harmlessStarts = ["gaussian", "orthogonal", "eva"];

    private static readonly string[] _harmless =
    [
        "auto_mapping", "base_model_name_or_path", "bias", "fan_in_fan_out", "inference_mode", "init_lora_weights", "eva_config", "lora_alpha", "lora_dropout", "megatron_core",
        "modules_to_save", "peft_type", "peft_version", "qalora_group_size", "r", "rank_pattern", "alpha_pattern", "revision", "target_modules", "exclude_modules", "task_type",
        "trainable_token_indices", "use_rslora", "layers_to_transform", "layers_pattern", "runtime_config",
        "num_attention_heads", "num_layers", "num_transformer_submodules", "num_virtual_tokens", "prompt_tuning_init", "prompt_tuning_init_text", "token_dim", "tokenizer_kwargs", "tokenizer_name_or_path",
    ];

    /// <exception cref="LearningException">The file is no JSON, or says what is not computed here.</exception>
    public static PeftConfig Read(JsonWords config)
    {
        string kind = config.OptionalText("peft_type") ?? throw Refuse(config, $"peft_type is missing. Known: {Lora}, {Prompt}.");
        if (kind is not (Lora or Prompt)) throw Refuse(config, $"peft_type {kind} is not computed here. Known: {Lora}, {Prompt}.");
        foreach (var word in config.Root.EnumerateObject().Where(word => !_harmless.Contains(word.Name) && !SaysNothing(word.Value)))
            throw Refuse(config, $"{word.Name} is {Shown(word.Value)}, which is not computed here.");
        string? origin = config.OptionalText("base_model_name_or_path");
        return kind == Prompt ? new PromptPeftConfig(origin, config.Whole("num_virtual_tokens")) : ReadLora(config, origin);
    }

    private static LoraPeftConfig ReadLora(JsonWords config, string? origin)
    {
        if (Find(config, "init_lora_weights") is { ValueKind: JsonValueKind.String } start && !_harmlessStarts.Contains(start.GetString()))
            throw Refuse(config, $"init_lora_weights is {start.GetString()}: its B A belongs to a base that was changed at the start. Have PEFT convert it to a plain LoRA (save_pretrained with path_initial_model_for_weight_conversion).");
        if (!config.Has("lora_alpha")) config.Notes.Add($"lora_alpha is missing; PEFT's default of {_defaultAlpha} is taken.");
        var settings = new LoraSettings
        {
            Targets = Targets(config),
            Rank = (int)Math.Min(config.Whole("r", _defaultRank), int.MaxValue),
            Alpha = config.Number("lora_alpha", _defaultAlpha),
            RankStabilized = config.Flag("use_rslora", false),
            Ranks = [.. Patterns(config, "rank_pattern").Select(pair => (pair.Module, (int)Math.Min(pair.Words.Whole(pair.Key), int.MaxValue)))],
            Alphas = [.. Patterns(config, "alpha_pattern").Select(pair => (pair.Module, pair.Words.Number(pair.Key)))],
        };
        if (settings.Alpha == 0 && settings.Alphas.Count == 0) config.Notes.Add("lora_alpha is 0, so the deltas do nothing.");
        return new LoraPeftConfig(origin, settings)
        {
            Dropout = config.OptionalNumber("lora_dropout") is { } dropout ? dropout is >= 0 and < 1 ? dropout : throw Refuse(config, $"lora_dropout is {dropout}; it must be from 0 to below 1.") : 0,
            Saved = config.Texts("modules_to_save") is { Count: > 0 } saved ? ModulePattern.PlainEnds(saved) : null,
            Bias = config.OptionalText("bias") switch
            {
                null or "none" => BiasKind.None,
                "lora_only" => BiasKind.LoraOnly,
                "all" => BiasKind.All,
                var other => throw Refuse(config, $"bias is {other}. Known: none, lora_only, all."),
            },
            Tokens = config.WholeOrList("trainable_token_indices"),
            Transposed = config.Has("fan_in_fan_out") ? config.Flag("fan_in_fan_out", false) : null,
        };
    }

    private static LoraTargets Targets(JsonWords config)
    {
        var layers = config.WholeOrList("layers_to_transform");
        return new LoraTargets(Modules(config, "target_modules") ?? throw Refuse(config, "target_modules is missing.")) with
        {
            Modules = IsText(config, "target_modules", "all-linear") ? null : Modules(config, "target_modules"),
            Exclude = Modules(config, "exclude_modules"),
            Layers = config.Has("layers_to_transform") ? layers : null,
            LayerNames = Find(config, "layers_pattern") switch
            {
                { ValueKind: JsonValueKind.String } one => [one.GetString()!],
                null => [],
                _ => config.Texts("layers_pattern") ?? [],
            },
        };
    }

    private static ModulePattern? Modules(JsonWords config, string word) => Find(config, word) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => ModulePattern.Whole(word, text.GetString()!),
        _ => config.Texts(word) is { Count: > 0 } ends ? ModulePattern.Ends(ends) : null,
    };

    private static IEnumerable<(ModulePattern Module, string Key, JsonWords Words)> Patterns(JsonWords config, string word) =>
        config.Section(word) is { } section ? section.Root.EnumerateObject().Select(pair => (ModulePattern.End(word, pair.Name), pair.Name, section)) : [];

    private static bool IsText(JsonWords config, string word, string text) => Find(config, word) is { ValueKind: JsonValueKind.String } value && value.GetString() == text;

    private static JsonElement? Find(JsonWords config, string word) =>
        config.Root.TryGetProperty(word, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static bool SaysNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };

    private static string Shown(JsonElement value) => Readable.Json(value);

    private static AdapterRefusedException Refuse(JsonWords config, string problem) => new(config.Refuse(problem).Message);
}
