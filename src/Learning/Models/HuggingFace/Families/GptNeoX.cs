using System.Text.Json.Nodes;
using Ptune.Contracts.Estimates;
using Ptune.Contracts.Specs;
using Ptune.Learning.Models.Language;

namespace Ptune.Learning.Models.HuggingFace.Families;

/// <summary>GPT-NeoX (arXiv 2204.06745) and Pythia: partial rotary positions and, usually, a parallel residual.</summary>
internal static class GptNeoX
{
    private const double _epsilon = 1e-5;
    private const double _rotaryShare = 0.25;
    private const long _context = 2048;

    public static ModelFamily Family { get; } = new("gpt_neox", ["GPTNeoXForCausalLM", "GPTNeoXModel"], Read)
    {
        Prefix = "gpt_neox.",
        OtherEndings = [("embed_out.weight", "lm_head.weight")],
        Buffers = ["attention.bias", "attention.masked_bias", .. Llama.Buffers],
        Fresh = spec => spec is GptNeoXSpec neox ? Words(neox) : null,
    };

    private static IEnumerable<(string Word, JsonNode? Value)> Words(GptNeoXSpec spec) =>
    [
        ("hidden_size", spec.Width),
        ("num_hidden_layers", spec.Layers),
        ("num_attention_heads", spec.Heads),
        ("intermediate_size", FreshShapes.Inner(spec)),
        ("max_position_embeddings", spec.Context),
        ("rotary_pct", spec.RotaryShare),
        ("use_parallel_residual", true),
        ("hidden_act", "gelu"),
        ("layer_norm_eps", _epsilon),
    ];

    private static DecoderConfig Read(JsonWords config)
    {
        long width = config.Whole("hidden_size"), heads = config.Whole("num_attention_heads");
        long head = DecoderWords.HeadWidth(config, "hidden_size", width, "num_attention_heads", heads);
        long context = config.Whole("max_position_embeddings", _context);
        bool bias = config.Flag("attention_bias", true);
        return new DecoderConfig
        {
            ModelType = config.Text("model_type"),
            Names = DecoderNames.GptNeoX,
            Vocabulary = config.Whole("vocab_size"),
            Width = width,
            Layers = DecoderWords.Layers(config, "num_hidden_layers"),
            Heads = heads,
            KeyHeads = heads,
            HeadWidth = head,
            Inner = config.Whole("intermediate_size"),
            Context = context,
            Activation = DecoderWords.Activation(config, "hidden_act", "gelu"),
            RootMeanSquare = false,
            Epsilon = config.Positive("layer_norm_eps", _epsilon),
            Gated = false,
            Tied = config.Flag("tie_word_embeddings", false),
            Rotary = RotaryWords.Read(config, head, context, share: _rotaryShare, thetaWord: "rotary_emb_base", shareWord: "rotary_pct"),
            Projection = ProjectionKind.Interleaved,
            QkvBias = bias,
            OutputBias = bias,
            MlpBias = true,
            ParallelResidual = config.Flag("use_parallel_residual", true),
        };
    }
}
