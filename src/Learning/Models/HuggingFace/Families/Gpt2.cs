using System.Text.Json.Nodes;
using Ptune.Contracts.Estimates;
using Ptune.Contracts.Specs;
using Ptune.Learning.Models.Language;

namespace Ptune.Learning.Models.HuggingFace.Families;

/// <summary>GPT-2: learnt positions, LayerNorm, matrices stored [inputs, outputs], and a head that is the embedding.</summary>
internal static class Gpt2
{
    private const double _epsilon = 1e-5;
    private const long _context = 1024;
    private const long _innerRatio = 4;

    public static ModelFamily Family { get; } = new("gpt2", ["GPT2LMHeadModel", "GPT2Model"], Read)
    {
        Prefix = "transformer.",
        Buffers = ["attn.bias", "attn.masked_bias"],
        Fresh = spec => spec is Gpt2Spec gpt2 ? Words(gpt2) : null,
    };

    private static IEnumerable<(string Word, JsonNode? Value)> Words(Gpt2Spec spec) =>
    [
        ("n_embd", spec.Width),
        ("n_layer", spec.Layers),
        ("n_head", spec.Heads),
        ("n_inner", FreshShapes.Inner(spec)),
        ("n_positions", spec.Context),
        ("activation_function", "gelu_new"),
        ("layer_norm_epsilon", _epsilon),
    ];

    private static DecoderConfig Read(JsonWords config)
    {
        long width = config.Whole("n_embd", 768), heads = config.Whole("n_head", 12);
        if (config.Flag("add_cross_attention", false)) throw config.Refuse("add_cross_attention is true; a decoder beside an encoder is not computed here.");
        return new DecoderConfig
        {
            ModelType = config.Text("model_type"),
            Names = DecoderNames.Gpt2,
            Vocabulary = config.Whole("vocab_size"),
            Width = width,
            Layers = config.Has("n_layer") ? DecoderWords.Layers(config, "n_layer") : 12,
            Heads = heads,
            KeyHeads = heads,
            HeadWidth = DecoderWords.HeadWidth(config, "n_embd", width, "n_head", heads),
            Inner = config.Whole("n_inner", _innerRatio * width),
            Context = config.Whole("n_positions", _context),
            Activation = DecoderWords.Activation(config, "activation_function", "gelu_new"),
            RootMeanSquare = false,
            Epsilon = config.Positive("layer_norm_epsilon", _epsilon),
            Gated = false,
            Tied = config.Flag("tie_word_embeddings", true),
            Projection = ProjectionKind.Packed,
            Transposed = true,
            QkvBias = true,
            OutputBias = true,
            MlpBias = true,
            ScaleScores = config.Flag("scale_attn_weights", true),
            ScaleScoresByLayer = config.Flag("scale_attn_by_inverse_layer_idx", false),
        };
    }
}
