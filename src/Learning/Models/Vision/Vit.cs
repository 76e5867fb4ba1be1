using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ptune.Learning.Models.Vision;

/// <summary>
/// A vision transformer (arXiv 2010.11929): patches, a class token, learnt positions, pre-norm blocks x += attention(norm(x)),
/// x += mlp(norm(x)), a last norm, and the head on the class token. The blocks' MLPs are twice as wide as the stream (the paper: four
/// times): on small images the width is better spent elsewhere. At 28x28, patch 7, width 64, depth 4: 139,018 parameters.
/// </summary>
internal sealed class Vit : ImageClassifier
{
    private const double _deviation = 0.02;
    private const double _epsilon = 1e-5;
    private const int _mlpRatio = 2;

    private readonly VitSpec _spec;
    private readonly int _rows;
    private readonly int _columns;

    private Linear _patches = null!;
    private Linear _head = null!;
    private LayerNorm _norm = null!;
    private Tensor _class = null!;
    private Tensor _positions = null!;
    private Block[] _blocks = [];

    public Vit(VitSpec spec, ImageSize input, int labels) : base(spec, input, labels)
    {
        if (input.Height % spec.Patch != 0 || input.Width % spec.Patch != 0)
            throw new LearningException($"architecture.patch is {spec.Patch}, which does not divide images of {input} pixels.");
        if (spec.Dim % spec.Heads != 0)
            throw new LearningException($"architecture.heads is {spec.Heads}, which does not divide architecture.dim {spec.Dim}.");
        (_spec, _rows, _columns) = (spec, input.Height / spec.Patch, input.Width / spec.Patch);
        Declare(spec, labels);
    }

    public override Tensor Forward(Tensor images)
    {
        long batch = images.shape[0];
        var x = _patches.Apply(Patches(images, batch));                  // [B, P, C]
        x = cat([_class.expand(batch, 1, _spec.Dim), x], 1);             // [B, T = 1 + P, C]
        x = x.AddInPlace(_positions);
        foreach (var block in _blocks)
        {
            x = x.Plus(Attend(block, block.AttentionNorm.Apply(x), batch));
            x = x.Plus(block.Shrink.Apply(block.Widen.Apply(block.MlpNorm.Apply(x)).gelu()));
        }

        var summary = _norm.Apply(x.select(1, 0));                  // [B, C]
        return _head.Apply(summary);                                     // [B, labels]
    }

    protected override void Bind()
    {
        _patches = BindLinear("patches");
        _class = Parameters["class"];
        _positions = Parameters["positions"];
        _blocks = [.. Enumerable.Range(0, _spec.Depth).Select(b => BindBlock($"blocks.{b}"))];
        _norm = BindLayerNorm("norm", _epsilon);
        _head = BindLinear("head");
    }

    // [B, 1, H, W] -> [B, P, patch * patch]
    private Tensor Patches(Tensor images, long batch)
    {
        int side = _spec.Patch;
        return images.view(batch, _rows, side, _columns, side)           // [B, rows, side, columns, side]
            .permute(0, 1, 3, 2, 4)                                      // [B, rows, columns, side, side]
            .reshape(batch, _rows * _columns, side * side);
    }

    private Tensor Attend(Block block, Tensor x, long batch)
    {
        long tokens = x.shape[1];
        int width = _spec.Dim / _spec.Heads;
        var qkv = block.Qkv.Apply(x)                                     // [B, T, 3C]
            .view(batch, tokens, 3, _spec.Heads, width)
            .permute(2, 0, 3, 1, 4)                                      // [3, B, heads, T, width]
            .unbind(0);
        var mixed = F.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2]); // [B, heads, T, width]
        return block.Project.Apply(mixed.transpose(1, 2).reshape(batch, tokens, _spec.Dim));
    }

    private void Declare(VitSpec spec, int labels)
    {
        var normal = ParameterInits.Normal(_deviation);
        // The last layer of each branch starts smaller, so that the stream's variance does not grow with the depth (GPT-2).
        var branch = ParameterInits.Normal(_deviation / Math.Sqrt(2.0 * spec.Depth));
        long patch = (long)spec.Patch * spec.Patch;
        DeclareLinear("patches", patch, spec.Dim, ParameterInits.FanIn(patch), ParameterInits.Zeros);
        Parameters.Declare("class", normal, 1, 1, spec.Dim);
        Parameters.Declare("positions", normal, 1, 1 + (_rows * _columns), spec.Dim);
        for (int b = 0; b < spec.Depth; b++)
        {
            DeclareNorm($"blocks.{b}.attention.norm", spec.Dim);
            DeclareLinear($"blocks.{b}.attention.qkv", spec.Dim, 3L * spec.Dim, normal, ParameterInits.Zeros);
            DeclareLinear($"blocks.{b}.attention.project", spec.Dim, spec.Dim, branch, ParameterInits.Zeros);
            DeclareNorm($"blocks.{b}.mlp.norm", spec.Dim);
            DeclareLinear($"blocks.{b}.mlp.widen", spec.Dim, (long)_mlpRatio * spec.Dim, normal, ParameterInits.Zeros);
            DeclareLinear($"blocks.{b}.mlp.shrink", (long)_mlpRatio * spec.Dim, spec.Dim, branch, ParameterInits.Zeros);
        }

        DeclareNorm("norm", spec.Dim);
        DeclareLinear("head", spec.Dim, labels, normal, ParameterInits.Zeros);
    }

    private void DeclareNorm(string name, long width)
    {
        Parameters.Declare($"{name}.weight", ParameterInits.Ones, width);
        Parameters.Declare($"{name}.bias", ParameterInits.Zeros, width);
    }

    private Block BindBlock(string name) => new(
        BindLayerNorm($"{name}.attention.norm", _epsilon),
        BindLinear($"{name}.attention.qkv"),
        BindLinear($"{name}.attention.project"),
        BindLayerNorm($"{name}.mlp.norm", _epsilon),
        BindLinear($"{name}.mlp.widen"),
        BindLinear($"{name}.mlp.shrink"));

    private readonly record struct Block(LayerNorm AttentionNorm, Linear Qkv, Linear Project, LayerNorm MlpNorm, Linear Widen, Linear Shrink);
}
