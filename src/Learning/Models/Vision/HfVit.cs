using Ptune.Learning.Tensors;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.Vision;

/// <summary>Hugging Face's vision transformer (arXiv 2010.11929): a class token before the patches, learnt positions, pre-norm blocks, a last norm, and the head on the class token.</summary>
internal sealed class HfVit : Network
{
    private readonly HfVitConfig _config;
    private readonly EncoderBlock[] _blocks;
    private readonly LayerNorm _norm;

    /// <param name="parameters">All that <see cref="HfVitConfig.Parameters"/> names; the network owns them from now on.</param>
    public HfVit(HfVitConfig config, ModelParameters parameters)
    {
        (_config, Parameters) = (config, parameters);
        _blocks = BindBlocks(config.Encoder);
        _norm = BindLayerNorm($"{HfVitConfig.Trunk}.layernorm", config.Encoder.Epsilon);
        Head = BindLinear(HfVitConfig.Head);
    }

    public HfVitConfig Config => _config;

    public override ModelParameters Parameters { get; }

    /// <summary>The last layer, [labels, d].</summary>
    public Linear Head { get; }

    /// <summary>Normalized images [B, channels, size, size] -> logits [B, labels].</summary>
    public Tensor Forward(Tensor images)
    {
        var x = _config.Grid.Embed(images, Parameters[$"{HfVitConfig.Patches}.weight"], Parameters[$"{HfVitConfig.Patches}.bias"]); // [B, P, d]
        x = cat([Parameters[$"{HfVitConfig.Embeddings}.cls_token"].expand(x.shape[0], 1, x.shape[2]), x], 1);                        // [B, 1 + P, d]
        x = x.Plus(Parameters[$"{HfVitConfig.Embeddings}.position_embeddings"]);
        foreach (var block in _blocks) x = block.Apply(x, null);
        return Head.Apply(_norm.Apply(x.select(1, 0)));                                                                              // [B, labels]
    }
}
