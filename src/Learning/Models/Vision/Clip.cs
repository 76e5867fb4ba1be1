using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.Vision;

/// <summary>
/// CLIP (arXiv 2103.00020): images and texts as unit vectors of one space. Its zero-shot head is the texts of the labels: an image's logit for a text is
/// their cosine times e^scale.
/// </summary>
internal sealed class Clip : Network
{
    private readonly ClipConfig _config;
    private readonly EncoderBlock[] _imageBlocks;
    private readonly EncoderBlock[] _textBlocks;
    private readonly LayerNorm _before;
    private readonly LayerNorm _after;
    private readonly LayerNorm _textNorm;
    private readonly Embedding _tokens;
    private readonly Embedding _textPositions;
    private readonly Embedding _imagePositions;
    private readonly Linear _imageProjection;
    private readonly Linear _textProjection;

    /// <param name="parameters">All that <see cref="ClipConfig.Parameters"/> names; the network owns them from now on.</param>
    public Clip(ClipConfig config, ModelParameters parameters)
    {
        (_config, Parameters) = (config, parameters);
        _tokens = BindEmbedding($"{ClipConfig.Text}.embeddings.token_embedding");
        _textPositions = BindEmbedding($"{ClipConfig.Text}.embeddings.position_embedding");
        _imagePositions = BindEmbedding($"{ClipConfig.Image}.embeddings.position_embedding");
        _before = BindLayerNorm($"{ClipConfig.Image}.pre_layrnorm", config.ImageEncoder.Epsilon);
        _after = BindLayerNorm($"{ClipConfig.Image}.post_layernorm", config.ImageEncoder.Epsilon);
        _textNorm = BindLayerNorm($"{ClipConfig.Text}.final_layer_norm", config.TextEncoder.Epsilon);
        _imageBlocks = BindBlocks(config.ImageEncoder);
        _textBlocks = BindBlocks(config.TextEncoder);
        _imageProjection = BindLinear(ClipConfig.ImageProjection, bias: false);
        _textProjection = BindLinear(ClipConfig.TextProjection, bias: false);
    }

    public ClipConfig Config => _config;

    public override ModelParameters Parameters { get; }

    /// <summary>Normalized images [B, channels, size, size] -> unit vectors [B, space].</summary>
    public Tensor Images(Tensor images)
    {
        var x = _config.Grid.Embed(images, Parameters[$"{ClipConfig.Image}.embeddings.patch_embedding.weight"], null);           // [B, P, d]
        var first = Parameters[$"{ClipConfig.Image}.embeddings.class_embedding"].expand(x.shape[0], 1, x.shape[2]);
        x = _before.Apply(cat([first, x], 1).Plus(_imagePositions.Weight));                                                          // [B, 1 + P, d]
        foreach (var block in _imageBlocks) x = block.Apply(x, null);
        return Unit(_imageProjection.Apply(_after.Apply(x.select(1, 0))));
    }

    /// <summary>Texts [B, T] i64, padded on the right -> unit vectors [B, space]. What follows a text's end is not seen by it, so that no mask is needed.</summary>
    public Tensor Texts(Tensor tokens)
    {
        if (tokens.shape[1] > _config.Context) throw new LearningException($"A text has {tokens.shape[1]} tokens, and the model's learnt positions end at {_config.Context}.");
        var x = _tokens.Apply(tokens).Plus(_textPositions.Apply(Numbers.Range(tokens.shape[1], tokens.device)));          // [B, T, d]
        foreach (var block in _textBlocks) x = block.Apply(x, null, causal: true);
        var ends = _config.End is { } end ? tokens.EqualTo(end).to_type(ScalarType.Int64).argmax(-1) : tokens.argmax(-1);             // [B]
        var states = _textNorm.Apply(x).gather(1, ends.view(-1, 1, 1).expand(-1, 1, x.shape[2])).squeeze(1);                     // [B, d]
        return Unit(_textProjection.Apply(states));
    }

    /// <summary>Unit vectors of images [I, space] and of texts [L, space] -> logits [I, L]: the zero-shot head.</summary>
    public Tensor Logits(Tensor images, Tensor texts) => images.matmul(texts.t()) * Parameters[ClipConfig.Scale].exp();

    private static Tensor Unit(Tensor x) => x / x.norm(-1, keepdim: true, p: 2);
}
