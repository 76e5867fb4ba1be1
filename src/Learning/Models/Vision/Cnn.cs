using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ptune.Learning.Models.Vision;

/// <summary>
/// Two 3x3 convolutions, each with ReLU and 2x2 max-pooling, a hidden layer and the head. At 28x28 and 16 channels: 206,922 parameters.
/// </summary>
internal sealed class Cnn : ImageClassifier
{
    private const int _kernel = 3;
    private const int _pool = 2;

    private Filters _first = null!;
    private Filters _second = null!;
    private Linear _hidden = null!;
    private Linear _head = null!;

    public Cnn(CnnSpec spec, ImageSize input, int labels) : base(spec, input, labels)
    {
        if (input.Height < _pool * _pool || input.Width < _pool * _pool)
            throw new LearningException($"A cnn halves its images twice: {input} pixels are too few.");
        long wide = 2L * spec.Channels;
        long features = wide * (input.Height / (_pool * _pool)) * (input.Width / (_pool * _pool));
        DeclareConvolution("conv.0", 1, spec.Channels);
        DeclareConvolution("conv.1", spec.Channels, wide);
        DeclareLinear("hidden", features, spec.Hidden, ParameterInits.FanIn(features), ParameterInits.FanIn(features));
        DeclareLinear("head", spec.Hidden, labels, ParameterInits.FanIn(spec.Hidden), ParameterInits.FanIn(spec.Hidden));
    }

    public override Tensor Forward(Tensor images)
    {
        var x = Block(images, _first);               // [B, C, H/2, W/2]
        x = Block(x, _second);                       // [B, 2C, H/4, W/4]
        x = _hidden.Apply(x.flatten(1)).relu_();     // [B, hidden]
        return _head.Apply(x);                       // [B, labels]
    }

    protected override void Bind()
    {
        _first = BindConvolution("conv.0");
        _second = BindConvolution("conv.1");
        _hidden = BindLinear("hidden");
        _head = BindLinear("head");
    }

    // ReLU and max-pooling commute; pooling first leaves ReLU a quarter of the work.
    private static Tensor Block(Tensor x, Filters filters) =>
        F.max_pool2d(Convolution.Apply(x, filters.Weight, filters.Bias, padding: _kernel / 2), _pool).relu_();

    private void DeclareConvolution(string name, long inputs, long outputs)
    {
        var init = ParameterInits.FanIn(inputs * _kernel * _kernel);
        Parameters.Declare($"{name}.weight", init, outputs, inputs, _kernel, _kernel);
        Parameters.Declare($"{name}.bias", init, outputs);
    }

    private Filters BindConvolution(string name) => new(Parameters[$"{name}.weight"], Parameters[$"{name}.bias"]);

    /// <param name="Weight">[outputs, inputs, 3, 3].</param>
    /// <param name="Bias">[outputs].</param>
    private sealed record Filters(Tensor Weight, Tensor Bias);
}
