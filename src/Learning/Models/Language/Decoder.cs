using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ptune.Learning.Models.Language;

/// <summary>
/// A decoder-only transformer with pre-norm blocks, x += attention(norm(x)), x += mlp(norm(x)): Llama, Mistral, Qwen2, Qwen3, GPT-2 and
/// GPT-NeoX, by the switches of <see cref="DecoderConfig"/>.
/// </summary>
internal sealed class Decoder : CausalLanguageModel
{
    private readonly DecoderConfig _config;
    private readonly DecoderBlock[] _blocks;
    private readonly Normalization _norm;
    private readonly Embedding? _positions;

    /// <param name="parameters">All that <see cref="DecoderConfig.Parameters"/> names; the decoder owns them from now on.</param>
    public Decoder(DecoderConfig config, ModelParameters parameters)
    {
        (_config, Parameters) = (config, parameters);
        var names = config.Names;
        Embedding = BindEmbedding(names.Embedding);
        _positions = names.Positions is null ? null : BindEmbedding(names.Positions);
        _blocks = [.. Enumerable.Range(0, config.Layers).Select(BindBlock)];
        _norm = BindNorm(names.FinalNorm);
        Head = config.Tied ? Register(new Linear(names.Head, Embedding.Weight, null)) : BindLinear(names.Head, bias: false);
    }

    public DecoderConfig Config => _config;

    public override ModelParameters Parameters { get; }

    public override long Vocabulary => _config.Vocabulary;

    public override long Width => _config.Width;

    public override long Context => _config.Context;

    public override Linear Head { get; }

    public override Embedding Embedding { get; }

    public override long? RowsIndependentUpTo => _config.Rotary?.TrainedLength;

    public override KeyValueCache NewCache(long batch, long capacity) =>
        new(_config.Layers, batch, _config.KeyHeads, capacity, _config.HeadWidth, Embedding.Weight.dtype, Parameters.Device);

    public override Tensor HiddenOf(Tensor embedded, SequenceLayout layout, KeyValueCache? cache = null)
    {
        if (_positions is not null && layout.Longest > _config.Context)
            throw new LearningException($"A text has {layout.Longest} tokens, and the model's learnt positions end at {_config.Context}.");
        var keys = cache?.Extend(layout) ?? layout;
        long length = embedded.shape[1];
        if (cache is not null && _config.Rotary is { DependsOnLength: true } rotary)
        {
            // Beyond the trained length every token is turned anew when the text grows, and with it all that later blocks made of it.
            var all = cache.Remember(embedded);
            if (!rotary.IsPlainUpTo(layout.Longest)) (embedded, layout, cache) = (all, keys, null);
        }

        var x = _positions is null ? embedded : embedded.Plus(_positions.Apply(layout.Positions));   // [B, T, d]
        x = Dropouts.Apply(x, Dropout.Embedding);
        bool isStep = x.shape[1] == 1 && Dropout.Attention == 0 && FewRows.Are(x);
        var pass = new Pass(isStep, cache, new AttentionMask(layout, keys, x.dtype), _config.Rotary?.Angles(layout.Positions, layout.Longest, x.dtype));
        // All masks are made here: what a block makes ends with it.
        foreach (var block in _blocks) pass.Mask.For(_config.Window(block.Number));
        foreach (var block in _blocks) x = Training?.Recomputation?.Run(y => Apply(block, y, pass), x, block.IsTrained) ?? Apply(block, x, pass);
        return _norm.Apply(x.shape[1] == length ? x : x.narrow(1, x.shape[1] - length, length));
    }

    private Dropouts Dropout => Training?.Dropout ?? Dropouts.None;

    private Tensor Apply(DecoderBlock block, Tensor x, Pass pass)
    {
        using var scope = NewDisposeScope();
        var attended = Dropouts.Apply(Attend(block, block.AttentionNorm.Apply(x), pass), Dropout.Residual);
        if (_config.ParallelResidual) return Dropouts.Apply(FeedForward(block, block.MlpNorm.Apply(x)), Dropout.Residual).Plus(attended).Plus(x).MoveToOuterDisposeScope();
        x = x.Plus(attended);
        return x.Plus(Dropouts.Apply(FeedForward(block, block.MlpNorm.Apply(x)), Dropout.Residual)).MoveToOuterDisposeScope();
    }

    private Tensor Attend(DecoderBlock block, Tensor x, Pass pass)
    {
        long batch = x.shape[0], length = x.shape[1];
        var (q, k, v) = Project(block, x, batch, length);                                        // [B, heads, T, head]
        if (block.QueryNorm is not null) (q, k) = (block.QueryNorm.Apply(q), block.KeyNorm!.Apply(k));
        if (_config.Rotary is { } rotary) (q, k) = (rotary.Apply(q, pass.Angles!.Value, pass.IsStep), rotary.Apply(k, pass.Angles.Value, pass.IsStep));
        if (pass.Cache is not null) (k, v) = pass.Cache.Append(block.Number, k, v);              // [B, heads, S, head]
        if (block.QueryScale != 1) q = q.Times(block.QueryScale);
        var mixed = pass.IsStep
            ? OneQuery.Attention(q.contiguous(), k, v, pass.Mask.For(_config.Window(block.Number)))
            : Mix(q, k, v, pass.Mask, _config.Window(block.Number));                             // [B, heads, T, head]
        return block.Output.Apply(mixed.transpose(1, 2).reshape(batch, length, _config.Heads * _config.HeadWidth));
    }

    private (Tensor Q, Tensor K, Tensor V) Project(DecoderBlock block, Tensor x, long batch, long length)
    {
        if (block.Packed is not { } packed)
        {
            return (Heads(block.Query!.Apply(x), _config.Heads), Heads(block.Key!.Apply(x), _config.KeyHeads), Heads(block.Value!.Apply(x), _config.KeyHeads));
        }

        var parts = _config.Projection == ProjectionKind.Interleaved
            ? packed.Apply(x).view(batch, length, _config.Heads, 3, _config.HeadWidth).permute(3, 0, 2, 1, 4).unbind(0)
            : packed.Apply(x).view(batch, length, 3, _config.Heads, _config.HeadWidth).permute(2, 0, 3, 1, 4).unbind(0);
        return (parts[0], parts[1], parts[2]);

        Tensor Heads(Tensor projected, long heads) => projected.view(batch, length, heads, _config.HeadWidth).transpose(1, 2);
    }

    private Tensor Mix(Tensor q, Tensor k, Tensor v, AttentionMask mask, long? window)
    {
        long batch = q.shape[0], length = q.shape[2], total = k.shape[2], group = _config.Heads / _config.KeyHeads;
        if (group == 1) return F.scaled_dot_product_attention(q, k, v, mask.For(window), Dropout.Attention, mask.IsCausal(window));
        if (length == 1)
        {
            // One token: the queries that share a key stand in for the tokens, and nothing is copied.
            var mixed = F.scaled_dot_product_attention(q.reshape(batch, _config.KeyHeads, group, _config.HeadWidth), k, v, mask.For(window), Dropout.Attention);
            return mixed.reshape(batch, _config.Heads, 1, _config.HeadWidth);
        }

        return F.scaled_dot_product_attention(q, Shared(k), Shared(v), mask.For(window), Dropout.Attention, mask.IsCausal(window));

        Tensor Shared(Tensor x) => x.unsqueeze(2).expand(batch, _config.KeyHeads, group, total, _config.HeadWidth)
            .reshape(batch, _config.Heads, total, _config.HeadWidth);
    }

    private Tensor FeedForward(DecoderBlock block, Tensor x)
    {
        var inner = block.Gate is { } gate
            ? _config.Activation.ApplyTimes(gate.Apply(x), block.Up.Apply(x))                    // [B, T, inner]
            : _config.Activation.Apply(block.Up.Apply(x));
        return block.Down.Apply(inner);                                                          // [B, T, d]
    }

    private DecoderBlock BindBlock(int number)
    {
        var names = _config.Names;
        string block = $"{names.Block}.{number}";
        double scale = (_config.ScaleScores ? 1 : Math.Sqrt(_config.HeadWidth)) / (_config.ScaleScoresByLayer ? number + 1 : 1);
        return new DecoderBlock(number, scale, BindNorm($"{block}.{names.AttentionNorm}"), Bind(names.Output, _config.OutputBias)!, BindNorm($"{block}.{names.MlpNorm}"),
            Bind(names.Up, _config.MlpBias)!, Bind(names.Down, _config.MlpBias)!)
        {
            Packed = Bind(names.Packed, _config.QkvBias),
            Query = Bind(names.Query, _config.QkvBias),
            Key = Bind(names.Key, _config.QkvBias),
            Value = Bind(names.Value, _config.QkvBias),
            QueryNorm = _config.QueryKeyNorm ? BindNorm($"{block}.{DecoderNames.QueryNorm}") : null,
            KeyNorm = _config.QueryKeyNorm ? BindNorm($"{block}.{DecoderNames.KeyNorm}") : null,
            Gate = _config.Gated ? Bind(names.Gate, _config.MlpBias) : null,
        };

        Linear? Bind(string? name, bool bias) => name is null ? null : BindLinear($"{block}.{name}", bias, _config.Transposed);
    }

    private Normalization BindNorm(string name) => _config.RootMeanSquare
        ? Register(name, new RmsNorm(Parameters[$"{name}.weight"], _config.Epsilon))
        : BindLayerNorm(name, _config.Epsilon);

    /// <summary>What all blocks of one pass share.</summary>
    /// <param name="IsStep">Whether each row has one new token, in f32 on the CPU: see <see cref="FewRows"/>.</param>
    private sealed record Pass(bool IsStep, KeyValueCache? Cache, AttentionMask Mask, (Tensor, Tensor)? Angles);
}
