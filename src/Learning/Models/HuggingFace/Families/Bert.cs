using Ptune.Learning.Formats;
using Ptune.Learning.Models.Language;

namespace Ptune.Learning.Models.HuggingFace.Families;

/// <summary>BERT with a classification head.</summary>
internal static class Bert
{
    private const double _epsilon = 1e-12;
    private const long _context = 512;
    private const long _segments = 2;

    public static ModelFamily Family { get; } = new("bert", ["BertForSequenceClassification"], Read)
    {
        // BertModel saves its trunk alone.
        Prefix = $"{BertConfig.Trunk}.",
        Headless = ["BertModel", "BertForMaskedLM", "BertForPreTraining"],
        // The older names come from TensorFlow's.
        OtherEndings = [("LayerNorm.weight", "LayerNorm.gamma"), ("LayerNorm.bias", "LayerNorm.beta")],
        Buffers = ["position_ids", "embeddings.token_type_ids"],
        OtherHeads =
        [
            ("ForMaskedLM", "no classifier.weight"), ("ForPreTraining", "no classifier.weight"), ("BertModel", "no classifier.weight"),
            ("ForTokenClassification", "a label for each token"), ("ForQuestionAnswering", "qa_outputs.weight"), ("ForMultipleChoice", "a classifier.weight for choices"),
        ],
    };

    private static BertConfig Read(JsonWords config)
    {
        if (config.OptionalText("position_embedding_type") is { } positions && positions != "absolute")
            throw config.Refuse($"position_embedding_type '{Readable.Text(positions)}' is not computed here; absolute is.");
        if (config.Flag("is_decoder", false)) throw config.Refuse("is_decoder is true; a BERT that generates is not computed here.");
        long width = config.Whole("hidden_size", 768), heads = config.Whole("num_attention_heads", 12);
        DecoderWords.HeadWidth(config, "hidden_size", width, "num_attention_heads", heads);
        return new BertConfig
        {
            ModelType = config.Text("model_type"),
            Vocabulary = config.Whole("vocab_size"),
            Context = config.Whole("max_position_embeddings", _context),
            Segments = config.Whole("type_vocab_size", _segments),
            Labels = LabelWords.Read(config),
            Encoder = new EncoderConfig(
                EncoderNames.Bert,
                $"{BertConfig.Trunk}.encoder.layer",
                width,
                config.Has("num_hidden_layers") ? DecoderWords.Layers(config, "num_hidden_layers") : 12,
                heads,
                config.Whole("intermediate_size", 3072),
                DecoderWords.Activation(config, "hidden_act", "gelu"),
                config.Positive("layer_norm_eps", _epsilon),
                NormFirst: false),
        };
    }
}
