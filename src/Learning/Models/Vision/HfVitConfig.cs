using Ptune.Contracts.Estimates;

namespace Ptune.Learning.Models.Vision;

/// <summary>Hugging Face's vision transformer with a classification head (arXiv 2010.11929).</summary>
internal sealed record HfVitConfig : PretrainedConfig
{
    public const string Trunk = "vit";
    public const string Embeddings = $"{Trunk}.embeddings";
    public const string Patches = $"{Embeddings}.patch_embeddings.projection";
    public const string Head = "classifier";

    public required EncoderConfig Encoder { get; init; }

    public required PatchGrid Grid { get; init; }

    /// <summary>In the order of the outputs.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    public override IReadOnlyList<ParameterDeclaration> Parameters =>
    [
        EncoderConfig.Table($"{Embeddings}.cls_token", 1, 1, Encoder.Width),
        EncoderConfig.Table($"{Embeddings}.position_embeddings", 1, 1 + Grid.Count, Encoder.Width),
        EncoderConfig.Table($"{Patches}.weight", Encoder.Width, Grid.Channels, Grid.Patch, Grid.Patch),
        EncoderConfig.Table($"{Patches}.bias", Encoder.Width),
        .. Encoder.Parameters,
        .. EncoderConfig.Norm($"{Trunk}.layernorm", Encoder.Width),
        .. EncoderConfig.Linear(Head, Encoder.Width, Labels.Count),
    ];

    public override TransformerShape Shape => Encoder.ShapeOf(Parameters, Labels.Count, Grid.Shape);

    public override IReadOnlyList<string> Classes => Labels;

    public override PretrainedConfig WithClasses(IReadOnlyList<string> labels) => this with { Labels = labels };

    public override bool IsOfHead(string parameter) => parameter is $"{Head}.weight" or $"{Head}.bias";

    public override string ReasonOf(ParameterDeclaration parameter) =>
        parameter.Name is $"{Head}.weight" or $"{Head}.bias" ? $" by the {Labels.Count} labels of {LabelsMeant}" : "";
}
