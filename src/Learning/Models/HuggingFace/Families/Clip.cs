using Ptune.Learning.Models.Vision;

namespace Ptune.Learning.Models.HuggingFace.Families;

/// <summary>CLIP: the paper's vision setting.</summary>
internal static class Clip
{
    private const double _epsilon = 1e-5;

    // Folders from before transformers 4.24 say 2, whatever the tokenizer's end token is.
    private const long _oldEnd = 2;
    private const long _end = 49_407;

    public static ModelFamily Family { get; } = new("clip", ["CLIPModel"], Read) { Buffers = ["embeddings.position_ids"] };

    private static ClipConfig Read(JsonWords config)
    {
        var image = config.Section("vision_config") ?? throw config.Refuse("vision_config is missing.");
        var text = config.Section("text_config") ?? throw config.Refuse("text_config is missing.");
        long end = text.Whole("eos_token_id", _end, least: 0);
        return new ClipConfig
        {
            ModelType = config.Text("model_type"),
            Space = config.Whole("projection_dim", 512),
            Vocabulary = text.Whole("vocab_size", 49_408),
            Context = text.Whole("max_position_embeddings", 77),
            End = end == _oldEnd ? null : end,
            Grid = ImageWords.Grid(image, 224, 32),
            ImageEncoder = Tower(image, ClipConfig.Image, 768, 12, 3072),
            TextEncoder = Tower(text, ClipConfig.Text, 512, 8, 2048),
        };
    }

    private static EncoderConfig Tower(JsonWords config, string name, long width, long heads, long inner)
    {
        (width, heads) = (config.Whole("hidden_size", width), config.Whole("num_attention_heads", heads));
        DecoderWords.HeadWidth(config, "hidden_size", width, "num_attention_heads", heads);
        return new EncoderConfig(
            EncoderNames.Clip,
            $"{name}.encoder.layers",
            width,
            config.Has("num_hidden_layers") ? DecoderWords.Layers(config, "num_hidden_layers") : 12,
            heads,
            config.Whole("intermediate_size", inner),
            DecoderWords.Activation(config, "hidden_act", "quick_gelu"),
            config.Positive("layer_norm_eps", _epsilon),
            NormFirst: true);
    }
}
