using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Models.Vision;
using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>A network from images [batch, 1, height, width] to [batch, labels]: logits of a model, rewards of a reward model.</summary>
internal abstract class ImageClassifier(ArchitectureSpec architecture, ImageSize input, int labels) : Network, IImageNetwork
{
    /// <summary>The parameters of the last layer, whose zeros make every output zero.</summary>
    public const string HeadPrefix = "head.";

    public ArchitectureSpec Architecture { get; } = architecture;

    public ImageSize Input { get; } = input;

    public int Labels { get; } = labels;

    public override TrainableParameters Parameters { get; } = new();

    Network IImageNetwork.Network => this;

    /// <summary>The network of that architecture, its parameters allocated and zero.</summary>
    /// <exception cref="LearningException">The architecture does not fit the images.</exception>
    public static ImageClassifier Create(ArchitectureSpec architecture, ImageSize input, int labels, Device device, bool trainable)
    {
        var network = ImageNetworks.Make(architecture, input, labels);
        network.Parameters.Allocate(device, trainable);
        network.Bind();
        return network;
    }

    /// <summary>[batch, 1, height, width] -> [batch, labels].</summary>
    public abstract Tensor Forward(Tensor images);

    /// <summary>Takes the parameters from <see cref="Parameters"/> once they have memory.</summary>
    protected abstract void Bind();

    protected void DeclareLinear(string name, long inputs, long outputs, ParameterInit weight, ParameterInit bias)
    {
        Parameters.Declare($"{name}.weight", weight, outputs, inputs);
        Parameters.Declare($"{name}.bias", bias, outputs);
    }
}
