using Ptune.Learning.Models.Vision;

namespace Ptune.Learning.Models.HuggingFace.Families;

/// <summary>Hugging Face's vision transformer with a classification head.</summary>
internal static class Vit
{
    private const double _epsilon = 1e-12;

    public static ModelFamily Family { get; } = new("vit", ["ViTForImageClassification"], Read)
    {
        OtherHeads = [("ForMaskedImageModeling", "no classifier.weight"), ("ViTModel", "no classifier.weight")],
    };

    private static HfVitConfig Read(JsonWords config)
    {
        long width = config.Whole("hidden_size", 768), heads = config.Whole("num_attention_heads", 12);
        DecoderWords.HeadWidth(config, "hidden_size", width, "num_attention_heads", heads);
        return new HfVitConfig
        {
            ModelType = config.Text("model_type"),
            Labels = LabelWords.Read(config),
            Grid = ImageWords.Grid(config, 224, 16),
            Encoder = new EncoderConfig(
                EncoderNames.Vit,
                $"{HfVitConfig.Trunk}.encoder.layer",
                width,
                config.Has("num_hidden_layers") ? DecoderWords.Layers(config, "num_hidden_layers") : 12,
                heads,
                config.Whole("intermediate_size", 3072),
                DecoderWords.Activation(config, "hidden_act", "gelu"),
                config.Positive("layer_norm_eps", _epsilon),
                NormFirst: true,
                config.Flag("qkv_bias", true)),
        };
    }
}
