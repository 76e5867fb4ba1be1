using Ptune.Contracts.Estimates;

namespace Ptune.Learning.Models.Vision;

/// <summary>CLIP (arXiv 2103.00020): an image tower and a text tower into one space.</summary>
internal sealed record ClipConfig : PretrainedConfig
{
    public const string Image = "vision_model";
    public const string Text = "text_model";
    public const string ImageProjection = "visual_projection";
    public const string TextProjection = "text_projection";
    public const string Scale = "logit_scale";

    public required EncoderConfig ImageEncoder { get; init; }

    public required EncoderConfig TextEncoder { get; init; }

    public required PatchGrid Grid { get; init; }

    /// <summary>The width of the common space.</summary>
    public required long Space { get; init; }

    public required long Vocabulary { get; init; }

    /// <summary>So many tokens a text may have.</summary>
    public required long Context { get; init; }

    /// <summary>A text's state is that of its first token of this id; null: of its largest id, as published folders mean by 2.</summary>
    public required long? End { get; init; }

    public override IReadOnlyList<ParameterDeclaration> Parameters =>
    [
        new(Scale, ParameterInits.Zeros),
        EncoderConfig.Table($"{Text}.embeddings.token_embedding.weight", Vocabulary, TextEncoder.Width),
        EncoderConfig.Table($"{Text}.embeddings.position_embedding.weight", Context, TextEncoder.Width),
        .. TextEncoder.Parameters,
        .. EncoderConfig.Norm($"{Text}.final_layer_norm", TextEncoder.Width),
        .. EncoderConfig.Linear(TextProjection, TextEncoder.Width, Space, bias: false),
        EncoderConfig.Table($"{Image}.embeddings.class_embedding", ImageEncoder.Width),
        EncoderConfig.Table($"{Image}.embeddings.patch_embedding.weight", ImageEncoder.Width, Grid.Channels, Grid.Patch, Grid.Patch),
        EncoderConfig.Table($"{Image}.embeddings.position_embedding.weight", 1 + Grid.Count, ImageEncoder.Width),
        .. EncoderConfig.Norm($"{Image}.pre_layrnorm", ImageEncoder.Width),
        .. ImageEncoder.Parameters,
        .. EncoderConfig.Norm($"{Image}.post_layernorm", ImageEncoder.Width),
        .. EncoderConfig.Linear(ImageProjection, ImageEncoder.Width, Space, bias: false),
    ];

    /// <summary>The image tower's: texts are few and come first.</summary>
    public override TransformerShape Shape => ImageEncoder.ShapeOf(Parameters, Space, Grid.Shape);
}
