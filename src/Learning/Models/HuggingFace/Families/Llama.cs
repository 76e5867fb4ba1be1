using System.Text.Json.Nodes;
using Ptune.Contracts.Estimates;
using Ptune.Contracts.Specs;
using Ptune.Learning.Models.Language;

namespace Ptune.Learning.Models.HuggingFace.Families;

/// <summary>Llama (arXiv 2302.13971, 2407.21783), and what its relatives share with it.</summary>
internal static class Llama
{
    private const double _epsilon = 1e-6;
    private const long _context = 2048;

    /// <summary>Rotary frequencies are computed, never read.</summary>
    public static IReadOnlyList<string> Buffers { get; } = ["rotary_emb.inv_freq"];

    public static ModelFamily Family { get; } = Of("llama", "Llama", Read) with { Fresh = spec => spec is LlamaSpec llama ? Words(llama) : null };

    /// <summary>A family that names its parameters as Llama does.</summary>
    public static ModelFamily Of(string type, string name, Func<JsonWords, PretrainedConfig> read) =>
        new(type, [$"{name}ForCausalLM", $"{name}Model"], read) { Prefix = "model.", Buffers = Buffers };

    /// <summary>What a spec of Llama, Mistral and Qwen says in the words that they share.</summary>
    public static IEnumerable<(string Word, JsonNode? Value)> Words(GroupedDecoderSpec spec, params (string Word, JsonNode? Value)[] more) =>
    [
        ("hidden_size", spec.Width),
        ("num_hidden_layers", spec.Layers),
        ("num_attention_heads", spec.Heads),
        ("num_key_value_heads", spec.KeyValueHeads ?? spec.Heads),
        ("intermediate_size", FreshShapes.Inner(spec)),
        ("max_position_embeddings", spec.Context),
        ("rope_theta", spec.RopeTheta),
        ("hidden_act", "silu"),
        ("rms_norm_eps", _epsilon),
        .. more,
    ];

    private static DecoderConfig Read(JsonWords config)
    {
        bool attention = config.Flag("attention_bias", false);
        return Common(config) with { QkvBias = attention, OutputBias = attention, MlpBias = config.Flag("mlp_bias", false) };
    }

    /// <summary>What Llama, Mistral and Qwen say in the same words.</summary>
    /// <param name="keyHeads">num_key_value_heads where the configuration does not say it; null: as many as heads.</param>
    /// <param name="headWidth">head_dim where it does not say it; null: hidden_size / num_attention_heads.</param>
    public static DecoderConfig Common(JsonWords config, long? keyHeads = null, long? headWidth = null, long context = _context)
    {
        long width = config.Whole("hidden_size"), heads = config.Whole("num_attention_heads");
        long head = config.OptionalWhole("head_dim") ?? headWidth ?? DecoderWords.HeadWidth(config, "hidden_size", width, "num_attention_heads", heads);
        long keys = config.Whole("num_key_value_heads", keyHeads ?? heads);
        if (heads % keys != 0) throw config.Refuse($"num_attention_heads {heads} is not a multiple of num_key_value_heads {keys}.");
        long positions = config.Whole("max_position_embeddings", context);
        return new DecoderConfig
        {
            ModelType = config.Text("model_type"),
            Names = DecoderNames.Llama,
            Vocabulary = config.Whole("vocab_size"),
            Width = width,
            Layers = DecoderWords.Layers(config, "num_hidden_layers"),
            Heads = heads,
            KeyHeads = keys,
            HeadWidth = head,
            Inner = config.Whole("intermediate_size"),
            Context = positions,
            Activation = DecoderWords.Activation(config, "hidden_act", "silu"),
            RootMeanSquare = true,
            Epsilon = config.Positive("rms_norm_eps", _epsilon),
            Gated = true,
            Tied = config.Flag("tie_word_embeddings", false),
            Rotary = RotaryWords.Read(config, head, positions),
        };
    }
}
