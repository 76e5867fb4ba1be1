using Ptune.Contracts.Estimates;

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

    /// <summary>In the order of the outputs; none: the files have no classification head.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Whether the files hold the pooler; if not, it belongs to the new head.</summary>
    public bool HasPooler { get; init; } = true;

    /// <summary>The modules of the head.</summary>
    public IReadOnlyList<string> HeadModules => [.. NewPooler, Head];

    /// <summary>The pooler, where it belongs to the new head.</summary>
    public IReadOnlyList<string> NewPooler => HasPooler ? [] : [Pooler];

    public override IReadOnlyList<ParameterDeclaration> Parameters =>
    [
        EncoderConfig.Table($"{Embeddings}.word_embeddings.weight", Vocabulary, Encoder.Width),
        EncoderConfig.Table($"{Embeddings}.position_embeddings.weight", Context, Encoder.Width),
        EncoderConfig.Table($"{Embeddings}.token_type_embeddings.weight", Segments, Encoder.Width),
        .. EncoderConfig.Norm($"{Embeddings}.LayerNorm", Encoder.Width),
        .. Encoder.Parameters,
        .. HasPooler || Labels.Count > 0 ? EncoderConfig.Linear(Pooler, Encoder.Width, Encoder.Width) : [],
        .. Labels.Count > 0 ? EncoderConfig.Linear(Head, Encoder.Width, Labels.Count) : [],
    ];

    public override TransformerShape Shape => Encoder.ShapeOf(Parameters, Labels.Count);

    public override IReadOnlyList<string>? Classes => Labels.Count > 0 ? Labels : null;

    public override PretrainedConfig WithClasses(IReadOnlyList<string> labels) => this with { Labels = labels };

    public override PretrainedConfig WithoutHead(Func<string, bool> isThere) =>
        isThere($"{Head}.weight") ? this : this with { Labels = [], HasPooler = isThere($"{Pooler}.weight") };

    public override bool IsOfHead(string parameter) => HeadModules.Any(module => parameter == $"{module}.weight" || parameter == $"{module}.bias");

    public override string ReasonOf(ParameterDeclaration parameter) => parameter.Name switch
    {
        $"{Head}.weight" or $"{Head}.bias" => $" by the {Labels.Count} labels of {LabelsMeant}",
        $"{Embeddings}.word_embeddings.weight" => $" by vocab_size {Vocabulary}",
        _ => "",
    };
}
