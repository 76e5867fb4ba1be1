using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>A network from the images of a data set to an output for each label, whatever it makes of the images before it reads them.</summary>
internal interface IImageNetwork : IDisposable
{
    int Labels { get; }

    /// <summary>The network with its layers and parameters.</summary>
    Network Network { get; }

    /// <summary>[batch, 1, height, width], a pixel p as (p - 127.5) / 127.5 -> [batch, labels]: logits of a model, rewards of a reward model.</summary>
    Tensor Forward(Tensor images);
}
