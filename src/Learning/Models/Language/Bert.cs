using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.Language;

/// <summary>
/// BERT (arXiv 1810.04805) with a classification head: token, position and segment embeddings, post-norm blocks whose tokens see each other, and
/// the head on tanh(pooler) of the first token.
/// </summary>
internal sealed class Bert : TextClassifier
{
    // Finite: minus infinity makes a row without any key NaN.
    private const float _hidden = -1e30f;

    private readonly BertConfig _config;
    private readonly Embedding _tokens;
    private readonly Embedding _positions;
    private readonly Embedding _segments;
    private readonly LayerNorm _norm;
    private readonly EncoderBlock[] _blocks;
    private readonly Linear _pooler;

    /// <param name="parameters">All that <see cref="BertConfig.Parameters"/> names; the network owns them from now on.</param>
    public Bert(BertConfig config, ModelParameters parameters)
    {
        (_config, Parameters) = (config, parameters);
        _tokens = BindEmbedding($"{BertConfig.Embeddings}.word_embeddings");
        _positions = BindEmbedding($"{BertConfig.Embeddings}.position_embeddings");
        _segments = BindEmbedding($"{BertConfig.Embeddings}.token_type_embeddings");
        _norm = BindLayerNorm($"{BertConfig.Embeddings}.LayerNorm", config.Encoder.Epsilon);
        _blocks = BindBlocks(config.Encoder);
        _pooler = BindLinear(BertConfig.Pooler);
        Head = BindLinear(BertConfig.Head);
    }

    public BertConfig Config => _config;

    public override ModelParameters Parameters { get; }

    public override IReadOnlyList<string> Labels => _config.Labels;

    public override long Context => _config.Context;

    public override Linear Head { get; }

    public override Tensor Hidden(Tensor tokens, Tensor mask, Tensor? segments = null)
    {
        long length = tokens.shape[1];
        if (length > Context) throw new LearningException($"A text has {length} tokens, and the model's learnt positions end at {Context}.");
        var places = Numbers.Range(length, tokens.device);
        var x = _tokens.Apply(tokens).Plus(_segments.Apply(segments ?? zeros_like(tokens))).Plus(_positions.Apply(places));          // [B, T, d]
        x = Dropouts.Apply(_norm.Apply(x), Training?.Dropout.Embedding ?? 0);
        var real = mask.to_type(ScalarType.Bool).unsqueeze(1).unsqueeze(1);                                                  // [B, 1, 1, T]
        var scores = real.all().item<bool>() ? null : zeros(real.shape, x.dtype, x.device).MaskedFillInPlace(real.logical_not(), _hidden);
        foreach (var block in _blocks) x = block.Apply(x, scores, pass: Training);
        return x;
    }

    public override Tensor Summary(Tensor hidden) => _pooler.Apply(hidden.select(1, 0)).tanh();
}
