namespace Ptune.Learning.Models.Language;

/// <summary>BERT with a classification head (arXiv 1810.04805).</summary>
internal sealed record BertConfig : PretrainedConfig
{
    public const string Trunk = "bert";
    public const string Embeddings = $"{Trunk}.embeddings";
    public const string Pooler = $"{Trunk}.pooler.dense";
    public const string Head = "classifier";

    public required EncoderConfig Encoder { get; init; }

    public required long Vocabulary { get; init; }

    public required long Context { get; init; }

    /// <summary>Kinds of text that a token may belong to.</summary>
    public required long Segments { get; init; }

    /// <summary>In the order of the outputs.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    public override IReadOnlyList<ParameterDeclaration> Parameters =>
    [
        EncoderConfig.Table($"{Embeddings}.word_embeddings.weight", Vocabulary, Encoder.Width),
        EncoderConfig.Table($"{Embeddings}.position_embeddings.weight", Context, Encoder.Width),
        EncoderConfig.Table($"{Embeddings}.token_type_embeddings.weight", Segments, Encoder.Width),
        .. EncoderConfig.Norm($"{Embeddings}.LayerNorm", Encoder.Width),
        .. Encoder.Parameters,
        .. EncoderConfig.Linear(Pooler, Encoder.Width, Encoder.Width),
        .. EncoderConfig.Linear(Head, Encoder.Width, Labels.Count),
    ];

    public override IReadOnlyList<string> Classes => Labels;

    public override PretrainedConfig WithClasses(IReadOnlyList<string> labels) => this with { Labels = labels };

    public override bool IsOfHead(string parameter) => parameter is $"{Head}.weight" or $"{Head}.bias";

    public override string ReasonOf(ParameterDeclaration parameter) => parameter.Name switch
    {
        $"{Head}.weight" or $"{Head}.bias" => $" by the {Labels.Count} labels of id2label",
        $"{Embeddings}.word_embeddings.weight" => $" by vocab_size {Vocabulary}",
        _ => "",
    };
}
