using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.Vision;

/// <summary>
/// A multi-layer perceptron on the flattened image: <see cref="MlpSpec.Depth"/> times a linear layer and ReLU, then the head.
/// At 28x28, width 256 and depth 2: 269,322 parameters.
/// </summary>
internal sealed class Mlp : ImageClassifier
{
    private readonly MlpSpec _spec;

    private Linear[] _hidden = [];
    private Linear _head = null!;

    public Mlp(MlpSpec spec, ImageSize input, int labels) : base(spec, input, labels)
    {
        _spec = spec;
        long width = input.Pixels;
        for (int layer = 0; layer < spec.Depth; layer++)
        {
            DeclareLinear($"hidden.{layer}", width, spec.Hidden, ParameterInits.FanIn(width), ParameterInits.FanIn(width));
            width = spec.Hidden;
        }

        DeclareLinear("head", width, labels, ParameterInits.FanIn(width), ParameterInits.FanIn(width));
    }

    public override Tensor Forward(Tensor images)
    {
        var x = images.flatten(1);                                  // [B, H*W]
        foreach (var layer in _hidden) x = layer.Apply(x).relu_();  // [B, hidden]
        return _head.Apply(x);                                      // [B, labels]
    }

    protected override void Bind()
    {
        _hidden = [.. Enumerable.Range(0, _spec.Depth).Select(layer => BindLinear($"hidden.{layer}"))];
        _head = BindLinear("head");
    }
}
