using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ptune.Learning.Models;

/// <summary>A network from images [batch, 1, height, width] to [batch, labels]: logits of a model, rewards of a reward model.</summary>
internal abstract class Network(ArchitectureSpec architecture, ImageSize input, int labels) : IDisposable
{
    public ArchitectureSpec Architecture { get; } = architecture;

    public ImageSize Input { get; } = input;

    public int Labels { get; } = labels;

    public ParameterSet Parameters { get; } = new();

    /// <summary>The parameters of the last layer, whose zeros make every output zero.</summary>
    public const string HeadPrefix = "head.";

    /// <summary>The network of that architecture, its parameters allocated and zero.</summary>
    /// <exception cref="LearningException">The architecture does not fit the images.</exception>
    public static Network Create(ArchitectureSpec architecture, ImageSize input, int labels, Device device, bool trainable)
    {
        Network network = architecture switch
        {
            VitSpec vit => new Vit(vit, input, labels),
            CnnSpec cnn => new Cnn(cnn, input, labels),
            MlpSpec mlp => new Mlp(mlp, input, labels),
            _ => throw new LearningException($"There is no network for {architecture.GetType().Name}."),
        };
        network.Parameters.Allocate(device, trainable);
        network.Bind();
        return network;
    }

    /// <summary>[batch, 1, height, width] -> [batch, labels].</summary>
    public abstract Tensor Forward(Tensor images);

    public void Dispose() => Parameters.Dispose();

    /// <summary>Takes the parameters from <see cref="Parameters"/> once they have memory.</summary>
    protected abstract void Bind();

    protected void DeclareLinear(string name, long inputs, long outputs, ParameterInit weight, ParameterInit bias)
    {
        Parameters.Declare($"{name}.weight", weight, outputs, inputs);
        Parameters.Declare($"{name}.bias", bias, outputs);
    }

    protected Linear BindLinear(string name) => new(Parameters[$"{name}.weight"], Parameters[$"{name}.bias"]);

    /// <summary>x W^T + b over the last dimension.</summary>
    protected readonly record struct Linear(Tensor Weight, Tensor Bias)
    {
        public Tensor Apply(Tensor x) => F.linear(x, Weight, Bias);
    }
}
